"""Parse what people type: each function takes text and returns a value, or raises `WrongInput`."""
