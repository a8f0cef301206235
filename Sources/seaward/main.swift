print("seaward")
