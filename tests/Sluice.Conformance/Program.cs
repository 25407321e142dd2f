using Sluice.Conformance;

return await ConformanceCommand.RunAsync(args);
