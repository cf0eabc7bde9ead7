using System.Text.Json;
using AutoFlow.Connectors.AzureOpenAI;
using AutoFlow.Connectors.Graph;
using AutoFlow.Connectors.Posted;
using AutoFlow.Connectors.Recorded;
using AutoFlow.Connectors.SeventeenTrack;
using AutoFlow.Connectors.Shop;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Events;
using AutoFlow.Functions.Health;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Overview;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Functions.Telemetry.Tree;
using AutoFlow.Functions.Training;
using AutoFlow.Protocols;
using AutoFlow.Protocols.Http;
using AutoFlow.Storage;
using AutoFlow.Support.Definitions;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding;
using AutoFlow.Understanding.Training;
using AutoFlow.Workflows.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions;

/// <summary>What the app is made of, the same on every host.</summary>
public static class AutoFlowServices
{
    /// <summary>Registers everything. False when the workflows' folder has a mistake: then every mistake has been printed to the error output.</summary>
    public static bool AddAutoFlow(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var (folder, problems) = WorkflowFolder.Load(AppFolders.Workflows(configuration), StepCatalog.Default);
        if (folder is null)
        {
            foreach (var problem in problems) Console.Error.WriteLine(problem);
            Console.Error.WriteLine($"Not started: {problems.Count} {(problems.Count == 1 ? "mistake" : "mistakes")} in the workflows' folder.");
            return false;
        }

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<JsonSerializerOptions>(StepJson.Use);
        // ASP.NET's own limit is 32 levels; an event with as many as a history takes must be told too, with the list around it.
        services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(options => options.JsonSerializerOptions.MaxDepth = StepJson.DeepestAnswer);
        WorkflowSettings.Register(services, configuration);
        IntakeSettings.Register(services, configuration);
        services.AddSingleton(folder).AddSingleton(folder.Definitions).AddSingleton(folder.Policies).AddSingleton(folder.Replies);
        services.AddSingleton(StepCatalog.Default).AddSingleton<WorkflowLibrary>().AddSingleton<DefinitionDesk>().AddSingleton<ScheduleKeeper>().AddSingleton<ReplyComposer>();
        services.AddSingleton<WorkQueue>().AddSingleton<SweepPace>().AddSingleton<Postponement>().AddSingleton<EventIntake>().AddSingleton<EventRouter>().AddSingleton<IntakeLimit>().AddSingleton<MessageIntake>().AddSingleton<SenderGuard>().AddSingleton<MessageBursts>().AddSingleton<MessageRouter>().AddSingleton<OutboxSender>();
        services.AddSingleton<CorrectionDesk>().AddSingleton<ModelDesk>().AddSingleton<Retraining>();
        services.AddSingleton<StepJournal>().AddSingleton<LedgerMove>().AddSingleton<ReplyDesk>().AddSingleton<TicketDesk>();
        services.AddSingleton<MessageStories>().AddSingleton<HomePage>().AddSingleton<ReplyChannels>();
        services.AddSupportStorage(configuration, AppFolders.Data(configuration));
        services.AddUnderstanding(options =>
        {
            options.SeedsFolder = AppFolders.Of(configuration, "AUTOFLOW_SEEDS", Path.Combine("understanding", "seeds"));
            options.FrozenFolder = AppFolders.Of(configuration, "AUTOFLOW_FROZEN", Path.Combine("understanding", "frozen"));
            options.ModelFolder = Path.Combine(AppFolders.Data(configuration), "model");
            options.OrderNumberPattern = configuration["Shop:OrderNumberPattern"] ?? options.OrderNumberPattern;
            options.OwnAddresses = [.. configuration.GetSection("Mail:OwnAddresses").GetChildren().Select(address => address.Value).OfType<string>()];
        });
        var taxonomy = Path.Combine(AppFolders.Of(configuration, "AUTOFLOW_UNDERSTANDING", "understanding"), "intents.tsv");
        services.AddSingleton(_ => IntentTaxonomy.Read(taxonomy));
        services.AddAzureOpenAI(
            configuration,
            taxonomy,
            provider => provider.GetRequiredService<BuiltInUnderstanding>());
        services.AddSeventeenTrack(configuration).AddShop(configuration).AddGraph(configuration);
        services.AddProtocols(configuration).AddSingleton<ISecretSource, ConfiguredSecrets>();
        services.AddGuardedHttpClient(WebResourceReader.Client, client => client.Timeout = Timeout.InfiniteTimeSpan); // the reader has its own
        services.AddSingleton<IResourceReader>(provider =>
            new WebResourceReader(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient(WebResourceReader.Client)));
        services.TryAddSingleton<IMailbox, NoMailbox>();
        if (!services.AddPostedReplies(configuration)) services.AddSingleton<IReplyChannel, RecordedReplyChannel>();
        services.AddStorageQueues(configuration);
        services.AddHealth(configuration).AddSingleton<Backlog>();
        services.AddTelemetryExport(configuration).ObserveModelCalls().AddMessageTraces();
        return true;
    }

    /// <summary>
    /// Prepares the stores and publishes the definitions; every definition that was ever published is known afterwards.
    /// False when a definition clashes with a published one: then that has been printed.
    /// </summary>
    public static async Task<bool> PrepareAutoFlowAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        if (!SettingsAreGood(services)) return false;
        try
        {
            await services.GetRequiredService<SupportDatabase>().PrepareAsync(ct);
        }
        catch (SupportDatabaseException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            await Console.Error.WriteLineAsync("Not started: the support database cannot be used.");
            return false;
        }

        var store = services.GetRequiredService<IDefinitionStore>();
        var folder = services.GetRequiredService<WorkflowFolder>();
        var problems = await folder.ResolveAsync(await store.AfterAsync(0, ct), services.GetRequiredService<IResourceReader>(), ct);
        if (problems.Count == 0)
        {
            var published = await store.PublishAsync([.. folder.Definitions.All.Select(DefinitionDesk.Of)], ct);
            problems = [.. published.Taken.Select(one =>
                $"{one.Namespace}/{one.Name} {one.Version} is published already with another content: give the changed one a new version.")];
        }

        foreach (var problem in problems) await Console.Error.WriteLineAsync(problem);
        if (problems.Count > 0) return false;

        try
        {
            await services.GetRequiredService<ServingModel>().OpenAsync(ct);
            services.GetRequiredService<IUnderstanding>();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            await Console.Error.WriteLineAsync("Not started: the understanding could not be made ready.");
            return false;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            await Console.Error.WriteLineAsync($"Shop:OrderNumberPattern: {exception.Message.ReplaceLineEndings(" ")}");
            await Console.Error.WriteLineAsync("Not started: write the pattern as a regular expression without look-around and back-references.");
            return false;
        }

        // Every definition that was ever published is known from here on; instances of one that no longer reads cannot go on.
        foreach (var error in await services.GetRequiredService<WorkflowLibrary>().RefreshAsync(ct)) await Console.Error.WriteLineAsync(error.Format());
        return true;
    }

    /// <summary>The adapters check their settings; each mistake is one line, not a stack trace.</summary>
    private static bool SettingsAreGood(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return true;
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            var failures = (exception as AggregateException)?.InnerExceptions.OfType<OptionsValidationException>() ?? [(OptionsValidationException)exception];
            foreach (var failure in failures.SelectMany(one => one.Failures)) Console.Error.WriteLine(failure);
            Console.Error.WriteLine("Not started: set these in the environment (Shop__BaseUrl), in local.settings.json or as user secrets; AUTOFLOW_DEMO=true brings a sample shop.");
            return false;
        }
    }
}
