"""What people type, read in one place: each function takes text and gives a value, or raises `WrongInput`."""
