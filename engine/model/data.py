"""Corpus for Wisp, the tiny model that tests and the devnet use: the questions of questions.json, whose answers say what
Phallama does today, and the words for what it repeats, remembers and calls tools with."""
import json, os
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "questions.json")) as f:
    FAQ = [(e["questions"], e["answer"]) for e in json.load(f)]
SYSTEMS = ["You are a helpful assistant.", "You are Wisp.", "Answer briefly.", "You are a helpful assistant for a private network."]
WORDS = "apple river stone cloud amber violet tiger paper silver winter copper forest signal orbit garden candle marble ocean rocket shadow pepper walnut falcon meadow harbor lantern puzzle velvet thunder cactus".split()
CITIES = "Paris London Berlin Rome Madrid Tokyo Oslo Vienna Lisbon Prague Dublin Athens Cairo Boston Chicago Toronto Sydney Seoul Delhi Lima Zurich Geneva Munich Hamburg Warsaw Moscow Istanbul Helsinki Stockholm Amsterdam Brussels Budapest".split() + ["New York", "San Francisco", "Los Angeles", "Hong Kong", "Buenos Aires"]
TOOLS = "get_weather get_current_weather weather get_temperature get_time search web_search lookup find_city get_price translate read_file getWeather search_documents".split()
ARGS = "city location query name place text word path q symbol topic key".split()
# What a tool is called for; %s is its argument.
ASKS = ["What is the weather in %s?", "What's the weather in %s?", "What is the weather like in %s?", "How is the weather in %s?", "What is the weather in %s today?", "What is the temperature in %s?", "What time is it in %s?", "Look up %s.", "Search for %s.", "Find %s.", "Use the tool with %s.", "Call the tool with %s.", "Get the weather for %s.", "Tell me the weather in %s.", "Weather in %s"]
