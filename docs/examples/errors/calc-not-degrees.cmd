formulate calc temperature --celsius warm
