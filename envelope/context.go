package envelope

import "context"

type keyOf struct{}

func withKey(ctx context.Context, config KeyConfig) context.Context {
	return context.WithValue(ctx, keyOf{}, config)
}

// KeyOf is the config of the key that an inner request was sealed to, by the request's context. Around a rotation a pod
// holds two keys. ok is false for a request that came in no envelope.
func KeyOf(ctx context.Context) (config KeyConfig, ok bool) {
	config, ok = ctx.Value(keyOf{}).(KeyConfig)
	return config, ok
}
