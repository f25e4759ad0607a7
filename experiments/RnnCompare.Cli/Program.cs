using RnnCompare.Cli;

return CommandLine.Run(args, StandardStreams.Output, StandardStreams.Error);
