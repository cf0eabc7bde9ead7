using System.Text.Json;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Functions.Training;
using AutoFlow.Functions.Triggers;
using AutoFlow.Storage;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding;
using AutoFlow.Understanding.Intents;
using AutoFlow.Understanding.Training;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Tests.Training;

/// <summary>The training loop on the real store and the real training, with few seeds: it can be started again, beside itself, and killed at every write.</summary>
internal sealed class TrainingApp : IAsyncDisposable
{
    /// <summary>Enough to tell four matters apart, few enough to train at once.</summary>
    private static readonly string[] Labels = ["order_status", "return_item", "cancel_order", "other"];

    /// <summary>What is measured on lies behind what is learnt and corrected, and was written in the same manner.</summary>
    private const int FrozenFrom = 80;

    private static readonly Lazy<ILookup<string, string>> Texts = new(() => Seeds.Read(Shipped("seeds")).Where(seed => seed.Language == "en").ToLookup(seed => seed.Label, seed => seed.Text));

    private readonly string _data;
    private readonly ServiceProvider _services;

    private TrainingApp(string data, PolicyBook policies, FakeTime time)
    {
        (_data, Time) = (data, time);
        Queues = new FakeQueues(Gate);
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(time).AddSingleton(policies).AddSingleton<QueueServiceClient>(Queues);
        services.AddSupportStorage(options => options.Folder = data);
        services.AddUnderstanding(options =>
        {
            options.SeedsFolder = SeedsFolder;
            options.FrozenFolder = Path.Combine(data, "frozen");
            options.ModelFolder = ModelFolder;
        });
        services.AddSingleton(_ => IntentTaxonomy.Read(Path.Combine(Shipped(""), "intents.tsv")));
        services.AddSingleton<WorkQueue>().AddSingleton<SweepPace>().AddSingleton<CorrectionDesk>().AddSingleton<ModelDesk>().AddSingleton<Retraining>();
        services.AddSingleton<CorrectMessage>().AddSingleton<ShowCorrections>().AddSingleton<ProposeModel>().AddSingleton<TrainModel>().AddSingleton<AdoptModel>().AddSingleton<ShowModels>().AddSingleton<KeepModels>();
        var stored = services.Last(one => one.ServiceType == typeof(IModelStore));
        services.AddSingleton<IModelStore>(provider => new GatedModels((IModelStore)ActivatorUtilities.CreateInstance(provider, stored.ImplementationType!), Gate));
        _services = services.BuildServiceProvider();
    }

    public Gate Gate { get; } = new();
    public FakeTime Time { get; }
    public FakeQueues Queues { get; }
    public string SeedsFolder => Path.Combine(_data, "seeds");
    public string ModelFolder => Path.Combine(_data, "model");
    public IModelStore Models => Get<IModelStore>();
    public ServingModel Serving => Get<ServingModel>();

    /// <summary>A first start, with the first few seeds of each label, and later ones as the frozen set.</summary>
    public static async Task<TrainingApp> StartAsync(TrainingPolicy? policy = null, int seeds = 6)
    {
        var data = Directory.CreateTempSubdirectory("autoflow-training-").FullName;
        Directory.CreateDirectory(Path.Combine(data, "frozen"));
        Directory.CreateDirectory(Path.Combine(data, "seeds"));
        await File.WriteAllLinesAsync(Path.Combine(data, "seeds", "en.tsv"), Labels.SelectMany(label => Texts.Value[label].Take(seeds).Select(text => $"{label}\t{text}")));
        await File.WriteAllLinesAsync(
            Path.Combine(data, "frozen", "en.tsv"),
            Labels.SelectMany(label => Texts.Value[label].Skip(FrozenFrom).Take(40).Select(text => $"{label}\t{text}")));
        return await new TrainingApp(data, World.Policies with { Training = policy ?? TrainingPolicy.Default }, new FakeTime()).PreparedAsync();
    }

    /// <summary>Another process on the same data: after this one's end, or beside it.</summary>
    public Task<TrainingApp> AgainAsync() => new TrainingApp(_data, Get<PolicyBook>(), Time).PreparedAsync();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A message comes in and is understood; its inbox id.</summary>
    public async Task<string> ReceiveAsync(string text, string? subject = null, string? name = null)
    {
        var message = new InboundMessage { Id = Guid.NewGuid().ToString("N"), Channel = "chat", From = "anna@example.org", FromName = name, Subject = subject, Text = text, ReceivedAt = Time.Now };
        var (entry, _) = await Get<IInbox>().AddAsync(message, default);
        var understood = await Get<IUnderstanding>().UnderstandAsync(message, default);
        await Get<IInbox>().IgnoredAsync(entry.Id, understood.Message, "a test", default);
        return entry.Id;
    }

    /// <summary>Texts of a label that the model has not seen come in, and a person gives each a label.</summary>
    public async Task CorrectAsync(string label, string? asLabel = null, int texts = 40)
    {
        foreach (var text in Texts.Value[label].Skip(30).Take(texts)) await PostAsync($"inbox/{await ReceiveAsync(text)}/correction", new { intent = asLabel ?? label, by = "anna" });
    }

    /// <summary>Corrections that make a model better.</summary>
    public async Task CorrectWellAsync()
    {
        foreach (var label in Labels) await CorrectAsync(label);
    }

    /// <summary>Runs what the queue holds, as often as it is delivered.</summary>
    public async Task DeliverAsync()
    {
        foreach (var version in Queues.Drain(QueueNames.Models)) await Get<TrainModel>().Run(version, default);
    }

    /// <summary>A proposal, trained and measured; its version.</summary>
    public async Task<string> ProposeAsync()
    {
        var (_, body) = await PostAsync("models/proposals", null);
        await DeliverAsync();
        return body.GetProperty("version").GetString()!;
    }

    public Task KeepAsync() => Get<KeepModels>().Run(new TimerInfo(), default);

    /// <summary>Posts to the function that has the route, and reads what it answers as a client does.</summary>
    public Task<(int Status, JsonElement Body)> PostAsync(string route, object? body) => SendAsync("POST", route, body);

    public Task<(int Status, JsonElement Body)> DeleteAsync(string route) => SendAsync("DELETE", route, null);

    public async Task<(int Status, JsonElement Body)> GetAsync(string route)
    {
        var (status, text) = await TextAsync(route);
        return (status, JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<(int Status, string Text)> TextAsync(string route, string? accept = null)
    {
        var request = new DefaultHttpContext().Request;
        var parts = route.Split('?');
        if (parts.Length > 1) request.QueryString = new QueryString($"?{parts[1]}");
        if (accept is not null) request.Headers.Accept = accept;
        return Read(await (parts[0].Split('/') switch
        {
            ["corrections"] => Get<ShowCorrections>().Run(request, default),
            ["models"] => Get<ShowModels>().All(request, default),
            ["models", var version] => Get<ShowModels>().One(request, version, default),
            _ => throw new ArgumentException(route, nameof(route)),
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<TrainingApp> PreparedAsync()
    {
        await Get<SupportDatabase>().PrepareAsync(default);
        await Serving.OpenAsync(default);
        return this;
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(string method, string route, object? body)
    {
        var request = new DefaultHttpContext().Request;
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, StepJson.Options);
        (request.Method, request.Body, request.ContentLength) = (method, new MemoryStream(bytes), bytes.Length);
        var (status, text) = Read(await ((method, route.Split('/')) switch
        {
            ("POST", ["inbox", var id, "correction"]) => Get<CorrectMessage>().Run(request, id, default),
            ("DELETE", ["inbox", var id, "correction"]) => Get<CorrectMessage>().TakeBack(request, id, default),
            ("POST", ["models", "proposals"]) => Get<ProposeModel>().Run(request, default),
            ("POST", ["models", var version, "adopt"]) => Get<AdoptModel>().Run(request, version, default),
            _ => throw new ArgumentException(route, nameof(route)),
        }));
        return (status, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private static (int Status, string Text) Read(IActionResult result) => result switch
    {
        ObjectResult answer => (answer.StatusCode ?? 200, JsonSerializer.Serialize(answer.Value, StepJson.Options)),
        ContentResult answer => (answer.StatusCode ?? 200, answer.Content ?? ""),
        IStatusCodeActionResult answer => (answer.StatusCode ?? 200, ""),
        _ => throw new ArgumentException(result.ToString(), nameof(result)),
    };

    private static string Shipped(string folder) => Path.Combine(AppContext.BaseDirectory, "understanding", folder);
}
