mod doc;
