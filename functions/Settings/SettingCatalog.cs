using static AutoFlow.Functions.Settings.SetBy;

namespace AutoFlow.Functions.Settings;

/// <summary>
/// Every setting that is read, in the order of docs/settings.md, which is written from here. Tests compare it with what the code
/// asks its configuration for, and with what infra/ sets.
/// </summary>
public static class SettingCatalog
{
    private const string Entra = "without it Microsoft Entra ID";

    /// <summary>The settings, by subject.</summary>
    public static IReadOnlyList<(string Subject, IReadOnlyList<Setting> Settings)> BySubject { get; } =
    [
        ("Storage account", [
            new("AzureWebJobsStorage", "A connection string, for development (UseDevelopmentStorage=true is Azurite). Without it and without what follows, the embedded host keeps the queues itself.", OneMachine) { IsSecret = true },
            new("AzureWebJobsStorage:accountName", "The storage account of queues, host keys and, unless Durable Task Scheduler is used, durable state; reached with an identity.", Infrastructure),
            new("AzureWebJobsStorage:queueServiceUri", "The queue endpoint, where it is not https://<account>.queue.core.windows.net.", Infrastructure),
            new("AzureWebJobsStorage:credential", "managedidentity, where the identity is the app's own.", Infrastructure) { IsForHost = true },
            new("AzureWebJobsStorage:clientId", "The user-assigned identity that opens the account.", Infrastructure),
        ]),
        ("Support data", [
            new("Postgres:Host", "The PostgreSQL server that keeps the support data, such as shop.postgres.database.azure.com. Without it SQLite does, for one machine.", Infrastructure),
            new("Postgres:Database", "The database.", Infrastructure) { Default = "autoflow" },
            new("Postgres:User", "The role: with Entra ID the identity's name, as infra/postgres-role.sql made it.", Infrastructure),
            new("Postgres:Password", $"A password, for servers without Entra ID; {Entra}, with the identity that AZURE_CLIENT_ID names.", Anyone) { IsSecret = true },
            new("Postgres:Port", "The port.", Anyone) { Default = "5432" },
            new("Postgres:TokenScope", "What Entra ID is asked a token for; another in national clouds.", Anyone) { Default = "https://ossrdbms-aad.database.windows.net/.default" },
            new("Postgres:MostConnections", "Connections that one worker opens at most; all workers together share the server's limit.", Infrastructure) { Default = "20" },
            new("AZURE_CLIENT_ID", "The user-assigned identity, for whatever asks for a token without naming one.", Infrastructure) { IsForHost = true },
        ]),
        ("Shop", [
            new("Shop:BaseUrl", "The shop's address without a path.", Infrastructure),
            new("Shop:AccessToken", "The access token of the Admin API.", Infrastructure) { IsSecret = true },
            new("Shop:ApiVersion", "The version of the Admin API.", Anyone) { Default = "2025-07" },
            new("Shop:Timeout", "How long one call may take.", Anyone) { Default = "00:00:20" },
            new("Shop:OrderNumberPattern", "A regular expression, without look-around and back-references, for the shop's order numbers.", Anyone) { Default = @"#?\d{4,6}" },
        ]),
        ("Carriers (17TRACK)", [
            new("SeventeenTrack:ApiKey", "The access key; it also signs the pushes.", Infrastructure) { IsSecret = true },
            new("SeventeenTrack:BaseUrl", "The tracking API up to its version.", Anyone) { Default = "https://api.17track.net/track/v2.2/" },
            new("SeventeenTrack:Timeout", "How long one call may take.", Anyone) { Default = "00:00:20" },
        ]),
        ("Mail (Microsoft Graph)", [
            new("Graph:Mailbox", "The mailbox that is read and answered from. Without it no mail is read, and replies are only recorded.", Infrastructure),
            new("Graph:ClientState", "The secret that every change notification must carry.", Infrastructure) { IsSecret = true },
            new("Graph:ClientId", "The user-assigned identity, or the app registration.", Infrastructure),
            new("Graph:TenantId", "The directory; needed with a client secret.", Anyone),
            new("Graph:ClientSecret", $"A secret of the app registration; {Entra} of the machine's identity.", Anyone) { IsSecret = true },
            new("Graph:BaseUrl", "Another address for national clouds.", Anyone) { Default = "https://graph.microsoft.com/v1.0" },
            new("Graph:Timeout", "How long one request may take.", Anyone) { Default = "00:00:30" },
            new("Graph:InlinePhotoBytes", "From this size in bytes an image inside the text counts as an attachment.", Anyone) { Default = "65536" },
            new("Mail:OwnAddresses:<n>", "The shop's own addresses, from 0: a mailing list with one of them is an inbox.", Infrastructure),
        ]),
        ("Replies of other channels", [
            new("Replies:Address", "Where replies are posted to that no other channel sends, each a CloudEvent with its Idempotency-Key. Without it they are only recorded.", Anyone),
            new("Replies:Token", "A bearer token for that service.", Anyone) { IsSecret = true },
            new("Replies:Timeout", "How long one call may take.", Anyone) { Default = "00:00:20" },
        ]),
        ("A model of Azure OpenAI", [
            new("AzureOpenAI:Endpoint", "https://<resource>.openai.azure.com/. Without it the built-in model serves alone.", Infrastructure),
            new("AzureOpenAI:Deployment", "The deployment's name; its model must know structured outputs.", Infrastructure),
            new("AzureOpenAI:ManagedIdentityClientId", "The user-assigned identity that calls the model.", Infrastructure),
            new("AzureOpenAI:ApiKey", $"A key; {Entra}, with the role Cognitive Services OpenAI User.", Anyone) { IsSecret = true },
            new("AzureOpenAI:TokenScope", "What Entra ID is asked a token for; another in national clouds.", Anyone) { Default = "https://ai.azure.com/.default" },
            new("AzureOpenAI:Timeout", "For one call, the token included.", Anyone) { Default = "00:00:20" },
            new("AzureOpenAI:LongestWait", "How long a message waits for a service without room.", Anyone) { Default = "00:02:00" },
            new("AzureOpenAI:AbstainBelow", "Below this probability a person decides, 0 to 1.", Anyone) { Default = "0.5" },
            new("AzureOpenAI:LongestText", "Characters of a message that are sent at most.", Anyone) { Default = "6000" },
            new("AzureOpenAI:MostOutputTokens", "Tokens of an answer at most; a reasoning model's thoughts count.", Anyone) { Default = "2000" },
            new("AzureOpenAI:ReasoningEffort", "For reasoning models: minimal, low, and so on.", Infrastructure),
            new("AzureOpenAI:InputPrice", "The price of a million tokens of input.", Infrastructure),
            new("AzureOpenAI:CachedInputPrice", "The price of a million tokens of input that the service had in its cache.", Infrastructure) { Default = "InputPrice" },
            new("AzureOpenAI:OutputPrice", "The price of a million tokens of output.", Infrastructure),
            new("AzureOpenAI:Currency", "The code of the prices' currency, such as EUR.", Infrastructure),
        ]),
        ("Messages", [
            new("Messages:MostWaiting", "Messages that may wait to be taken up; who hands in another one over HTTP is answered 429 with Retry-After.", Anyone) { Default = "5000" },
        ]),
        ("Workflows", [
            new("Workflows:LifecycleEvents", "Which lifecycle events runs publish: none, workflow or task.", Anyone) { Default = "none" },
            new("Workflows:KeepEventsFor", "How long an event that was routed is known when it comes again.", Anyone) { Default = "14.00:00:00" },
            new("Workflows:KeepInstancesFor", "How long a finished instance and its history are kept after its end: from a day to 36500 days, or 0 for ever.", Anyone) { Default = "90.00:00:00" },
            new("Secrets:<name>", "A secret that a definition may use by this name; its parts, where it is an object, one level below.", Anyone) { IsSecret = true },
            new("Secrets:<name>:<part>", "A part of such a secret.", Anyone) { IsSecret = true },
            new("Protocols:Timeout", "How long one call of a definition to the outside may take, with everything it needs.", Anyone) { Default = "00:01:40" },
            new("Protocols:LargestAnswer", "Bytes of an answer that are read at most.", Anyone) { Default = "1048576" },
            new("Protocols:LargestDocument", "Bytes of an OpenAPI, AsyncAPI or other description that are read at most.", Anyone) { Default = "8388608" },
            new("Protocols:DocumentLifetime", "How long a description is used before its server is asked whether it has changed.", Anyone) { Default = "00:05:00" },
            new("Protocols:AllowedHosts:<n>", "The hosts that definitions may call, from 0, as api.example.com or *.example.com; every host when there is none.", Anyone),
        ]),
        ("Telemetry", [
            new("APPLICATIONINSIGHTS_CONNECTION_STRING", "Where traces, metrics and logs go: Application Insights. It is an address; writing needs the identity.", Infrastructure),
            new("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=AAD sends with Entra ID; ClientId=… names a user-assigned identity.", Infrastructure),
            new("OTEL_EXPORTER_OTLP_ENDPOINT", "Where they go: a collector of OpenTelemetry.", Anyone),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc or http/protobuf.", Anyone) { Default = "grpc", IsForHost = true },
            new("OTEL_EXPORTER_OTLP_HEADERS", "Headers for the collector, name=value.", Anyone) { IsSecret = true, IsForHost = true },
            new("OTEL_TRACES_SAMPLER", "Keeps a share of the messages, each whole: with Application Insights microsoft.fixed_percentage (or microsoft.rate_limited, traces a second), with a collector alone parentbased_traceidratio. Without it all are kept.", Anyone) { IsForHost = true },
            new("OTEL_TRACES_SAMPLER_ARG", "That share, 0 to 1; or the traces a second.", Anyone) { IsForHost = true },
        ]),
        ("Functions host", [
            new("AzureWebJobsStorage:blobServiceUri", "The blob endpoint: keys, locks, the package.", Infrastructure) { IsForHost = true },
            new("AzureWebJobsStorage:tableServiceUri", "The table endpoint: durable state, diagnostics.", Infrastructure) { IsForHost = true },
            new("AzureFunctionsJobHost:extensions:durableTask:storageProvider:type", "Where durable state lies, over host.json: AzureStorage or azureManaged.", Infrastructure) { IsForHost = true },
            new("AzureFunctionsJobHost:extensions:durableTask:storageProvider:connectionStringName", "The name of the scheduler's setting, over host.json.", Infrastructure) { IsForHost = true },
            new("AzureFunctionsJobHost:extensions:durableTask:hubName", "The task hub, over host.json.", Infrastructure) { IsForHost = true },
            new("DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "The scheduler's address and how the identity opens it.", Infrastructure) { IsForHost = true },
            new("TASKHUB_NAME", "The scheduler's task hub.", Infrastructure) { IsForHost = true },
        ]),
        ("Folders", [
            new("AUTOFLOW_DATA", "Where files are kept: the databases of one machine, trained models. On Azure a temporary folder is enough.", Infrastructure) { Default = "data" },
            new("AUTOFLOW_WORKFLOWS", "The folder that ops own.", Anyone) { Default = "workflows" },
            new("AUTOFLOW_SEEDS", "The examples that the built-in model learns from.", Anyone) { Default = "understanding/seeds" },
            new("AUTOFLOW_FROZEN", "The labelled texts that models are measured on.", Anyone) { Default = "understanding/frozen" },
            new("AUTOFLOW_UNDERSTANDING", "The folder of intents.tsv.", Anyone) { Default = "understanding" },
        ]),
        ("One machine", [
            new("AUTOFLOW_PORT", "The port of the embedded host; --port comes first.", OneMachine) { Default = "7071" },
            new("port", "The same, as --port.", OneMachine) { Default = "7071" },
            new("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "Bytes of a request's body that are taken at most.", OneMachine) { Default = "104857600" },
            new("AZURE_FUNCTIONS_ENVIRONMENT", "Development or Production.", OneMachine) { Default = "Production" },
            new("AUTOFLOW_STRICT", "true or a number, the seed of its faults: the embedded host is as unkind as Azure's.", OneMachine) { Default = "false" },
            new("AUTOFLOW_DEMO", "true brings the sample shop, the carrier simulator and the sample inbox.", OneMachine) { Default = "false" },
            new("AUTOFLOW_DEMO_EXIT", "true ends the program when every sample message is at rest.", OneMachine) { Default = "false" },
            new("speed", "Virtual seconds of the carriers' clock a second, as --speed.", OneMachine) { Default = "0" },
            new("trace", "The sample message whose trace is shown, as --trace; without a name the first.", OneMachine),
            new("WEBSITE_HOSTNAME", "The name that the Functions host is reached by.", Host),
            new("AutoFlow:FunctionKey", "The embedded host's default function key, for the demo beside it.", Host) { IsSecret = true },
        ]),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. BySubject.SelectMany(subject => subject.Settings)];
}
