using AutoFlow.Cli;
using AutoFlow.Workflows.Catalog;

// Composition only. The function app's step catalog goes here: definitions are checked against the functions it lists.
IFunctionCatalog functions = FunctionCatalog.Empty;

return new CommandLine(functions, Console.Out, Console.Error).Run(args);
