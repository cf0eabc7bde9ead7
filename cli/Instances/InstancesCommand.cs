using System.CommandLine;

namespace AutoFlow.Cli.Instances;

/// <summary><c>autoflow instances</c>: the durable instances of a running app, over HTTP.</summary>
internal static class InstancesCommand
{
    private const string UrlVariable = "AUTOFLOW_URL";
    private const string Usual = "http://localhost:7071";

    /// <summary>Builds the command.</summary>
    /// <param name="surroundings">Where it writes.</param>
    /// <param name="http">Makes the client of each call.</param>
    public static Command Build(Surroundings surroundings, Func<HttpClient> http)
    {
        var url = new Option<string?>("--url") { Description = $"The app's address; without it {UrlVariable} of the environment, or {Usual}.", Recursive = true };
        var key = new Option<string?>("--key") { Description = $"The app's function key; without it {PublishCommand.KeyVariable} is read from the environment.", Recursive = true };
        var json = new Option<bool>("--json") { Description = "Writes JSON.", Recursive = true };
        var filters = new Filters();
        var take = new Option<int>("--take") { Description = "The most instances that are listed.", DefaultValueFactory = static _ => 100 };
        var command = new Command("instances", "Lists the durable instances of a running app; its commands show, control, export and delete them.") { url, key, json, take };
        filters.AddTo(command);
        command.Options.Add(filters.Prefix);
        command.Options.Add(filters.Orchestrator);
        command.SetAction((parsed, cancellation) => new ListInstances(surroundings, Api(parsed)).RunAsync(filters.Of(parsed), parsed.GetValue(take), parsed.GetValue(json), cancellation));

        Add("show", "Shows one: where it stands, what it was given and came to.", (parsed, id, cancellation) => new ShowInstance(surroundings, Api(parsed)).ShowAsync(id, parsed.GetValue(json), cancellation));
        Add("history", "Shows what one did, event by event.", (parsed, id, cancellation) => new ShowInstance(surroundings, Api(parsed)).HistoryAsync(id, parsed.GetValue(json), cancellation));
        AddControl("terminate", "Ends one.", hasChildren: true);
        AddControl("suspend", "Stops one until it is resumed; what comes for it is kept.");
        AddControl("resume", "Lets a suspended one go on.");
        AddControl("rewind", "Takes a failed one back to before its failure, so that what failed runs again.");
        AddPurge();
        AddExport();
        return command;

        InstancesApi Api(ParseResult parsed) => new(
            surroundings,
            http,
            parsed.GetValue(url) ?? Environment.GetEnvironmentVariable(UrlVariable) ?? Usual,
            parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(PublishCommand.KeyVariable));

        Command Add(string name, string description, Func<ParseResult, string, CancellationToken, Task<int>> run)
        {
            var id = new Argument<string>("id") { Description = "The instance's id." };
            var one = new Command(name, description) { id };
            one.SetAction((parsed, cancellation) => run(parsed, parsed.GetValue(id)!, cancellation));
            command.Subcommands.Add(one);
            return one;
        }

        void AddControl(string name, string description, bool hasChildren = false)
        {
            var reason = new Option<string?>("--reason") { Description = "Why, in at most 1,000 characters; kept in its history." };
            var recursive = new Option<bool>("--recursive") { Description = "Its children too." };
            var one = Add(name, description, (parsed, id, cancellation) => new ControlInstance(surroundings, Api(parsed)).AskAsync(
                name, id, parsed.GetValue(reason), hasChildren && parsed.GetValue(recursive), parsed.GetValue(json), cancellation));
            one.Options.Add(reason);
            if (hasChildren) one.Options.Add(recursive);
        }

        void AddPurge()
        {
            var id = new Argument<string?>("id") { Description = "The instance's id; without it a filter says which.", Arity = ArgumentArity.ZeroOrOne };
            var recursive = new Option<bool>("--recursive") { Description = "Their children too." };
            var some = new Filters();
            var one = new Command("purge", "Deletes a finished one, or those of a filter, with their histories.") { id, recursive };
            some.AddTo(one);
            // A filter before the word is the list's: passed over it would widen the purge.
            one.SetAction((parsed, cancellation) => filters.Of(parsed).Query.Length > 0
                ? Task.FromResult(surroundings.Complain("write what purge takes after it: instances purge --status …"))
                : new ControlInstance(surroundings, Api(parsed)).PurgeAsync(
                    parsed.GetValue(id), some.Of(parsed), parsed.GetValue(recursive), parsed.GetValue(json), cancellation));
            command.Subcommands.Add(one);
        }

        void AddExport()
        {
            var file = new Option<string>("--out") { Description = "The file to write.", Required = true, HelpName = "file" };
            Add("export", "Writes one with its history to a file, for 'autoflow replay'.", (parsed, id, cancellation) =>
                new ExportInstance(surroundings, Api(parsed)).RunAsync(id, parsed.GetValue(file)!, cancellation)).Options.Add(file);
        }
    }

    private sealed class Filters
    {
        private readonly Option<string?> _status = new("--status") { Description = "Running, Completed, Failed, Terminated, Pending, Suspended, or several with commas." };
        private readonly Option<string?> _from = new("--from") { Description = "Created then or later, as 2026-01-05T09:00:00Z." };
        private readonly Option<string?> _to = new("--to") { Description = "Created then or earlier." };

        public Option<string?> Prefix { get; } = new("--prefix") { Description = "What the id begins with, as where-is-my-order~." };

        public Option<string?> Orchestrator { get; } = new("--orchestrator") { Description = "RunWorkflow or RunSchedule." };

        public void AddTo(Command command)
        {
            command.Options.Add(_status);
            command.Options.Add(_from);
            command.Options.Add(_to);
        }

        public ListInstances.Filter Of(ParseResult parsed) =>
            new(parsed.GetValue(_status), parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(Prefix), parsed.GetValue(Orchestrator));
    }
}
