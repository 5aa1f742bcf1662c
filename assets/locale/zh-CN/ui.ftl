ui-yes = 是
