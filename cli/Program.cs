using AutoFlow.Cli;
using AutoFlow.Functions.Steps;

// Composition only: definitions are checked against the steps of the function app.
return await new CommandLine(StepCatalog.Default, Console.Out, Console.Error).RunAsync(args);
