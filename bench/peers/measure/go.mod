module measure

go 1.25
