indices-title = Indices
