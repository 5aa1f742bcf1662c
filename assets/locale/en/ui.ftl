ui-yes = yes
