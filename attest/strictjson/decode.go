package strictjson

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// Decode reads JSON into a struct that has a member for each of its fields, named
// by their json tags, and no other, each once, none null, at every depth. Types
// that decode themselves are left to do so. An error names the member.
func Decode(data []byte, into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		panic("strictjson: Decode takes a pointer to a struct")
	}
	return decode("", data, v.Elem())
}

func decode(path string, data []byte, v reflect.Value) error {
	p := v.Addr()
	switch {
	case p.Type().Implements(jsonUnmarshaler), p.Type().Implements(textUnmarshaler):
	case v.Kind() == reflect.Struct:
		return decodeStruct(path, data, v)
	case v.Kind() == reflect.Slice:
		var list []json.RawMessage
		if err := json.Unmarshal(data, &list); err != nil || list == nil {
			return fmt.Errorf("%s: expected a list", path)
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, raw := range list {
			if err := decode(fmt.Sprintf("%s[%d]", path, i), raw, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if string(data) == "null" {
		return fmt.Errorf("%s: expected a value, got null", path)
	}
	if err := json.Unmarshal(data, p.Interface()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func decodeStruct(path string, data []byte, v reflect.Value) error {
	names := Members(v.Type())
	fields, err := Exactly(data, names...)
	if err != nil {
		if path != "" {
			return fmt.Errorf("%s: %w", path, err)
		}
		return err
	}
	for i, name := range names {
		if err := decode(strings.TrimPrefix(path+"."+name, "."), fields[name], v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

// Members are the names of a struct's members, in the order of its fields.
func Members(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	return names
}
