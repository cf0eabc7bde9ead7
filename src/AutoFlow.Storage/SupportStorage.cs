using AutoFlow.Storage.Conversations;
using AutoFlow.Storage.Definitions;
using AutoFlow.Storage.Events;
using AutoFlow.Storage.Inbox;
using AutoFlow.Storage.Journal;
using AutoFlow.Storage.Ledger;
using AutoFlow.Storage.ModelCalls;
using AutoFlow.Storage.Notifications;
using AutoFlow.Storage.Outbox;
using AutoFlow.Storage.Postgres;
using AutoFlow.Storage.Pushes;
using AutoFlow.Storage.Tickets;
using AutoFlow.Storage.Training;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Definitions;
using AutoFlow.Support.Events;
using AutoFlow.Support.Journal;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Messages;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Shipments;
using AutoFlow.Support.Tickets;
using AutoFlow.Support.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AutoFlow.Storage;

/// <summary>Registers the stores behind Support's ports.</summary>
public static class SupportStorage
{
    /// <summary>
    /// Adds the stores on PostgreSQL where the section <c>Postgres</c> is filled, else on a file in the folder. A wrong section stops
    /// the start with one line for each mistake.
    /// </summary>
    public static IServiceCollection AddSupportStorage(this IServiceCollection services, IConfiguration configuration, string folder)
    {
        if (PostgresOptions.Read(configuration) is not var (postgres, mistakes)) return services.AddSupportStorage(options => options.Folder = folder);
        services.AddSingleton<IValidateOptions<PostgresOptions>>(new Checked(mistakes));
        services.AddOptions<PostgresOptions>().ValidateOnStart();
        return services.AddSupportStorage(options => options.Postgres = postgres);
    }

    /// <summary>
    /// Adds every store and <see cref="SupportDatabase"/>, whose <see cref="SupportDatabase.PrepareAsync"/> must run before
    /// the first use. Throws <see cref="InvalidOperationException"/> when the options name no place, or two.
    /// </summary>
    public static IServiceCollection AddSupportStorage(this IServiceCollection services, Action<SupportStorageOptions> configure)
    {
        var options = new SupportStorageOptions();
        configure(options);
        var connectionString = options.ToConnectionString();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.TryAddSingleton(typeof(ILogger<>), typeof(Logger<>));
        if (options.Postgres is { } postgres) services.AddPostgres(postgres);
        else services.AddSingleton<Dialect>(provider => new SqliteDialect(connectionString!, options.Folder, options.BusyTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddPooledDbContextFactory<SupportDbContext>((provider, builder) =>
        {
            provider.GetRequiredService<Dialect>().Use(builder);
            builder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        });
        services.AddSingleton<SupportWriter>();
        services.AddSingleton<SupportReader>();
        services.AddSingleton(provider => new SupportDatabase(
            provider.GetRequiredService<IDbContextFactory<SupportDbContext>>(), provider.GetRequiredService<Dialect>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DatabaseProbe(
            provider.GetRequiredService<IDbContextFactory<SupportDbContext>>(), provider.GetRequiredService<Dialect>(), provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton<IInbox, InboxStore>();
        services.AddSingleton<IConversations, ConversationStore>();
        services.AddSingleton<ITickets, TicketStore>();
        services.AddSingleton<IOutbox, OutboxStore>();
        services.AddSingleton<ILedger, LedgerStore>();
        services.AddSingleton<IJournal, JournalStore>();
        services.AddSingleton<ISums, SumsReader>();
        services.AddSingleton<IDefinitionStore, DefinitionStore>();
        services.AddSingleton<IPushes, PushStore>();
        services.AddSingleton<INotifications, NotificationStore>();
        services.AddSingleton<IEvents, EventStore>();
        services.AddSingleton<ISubscriptions, SubscriptionStore>();
        services.AddSingleton<IModelCalls, ModelCallStore>();
        services.AddSingleton<IModelWaits, ModelWaitStore>();
        services.AddSingleton<ICorrections, CorrectionStore>();
        services.AddSingleton<IModelStore, ModelStore>();
        return services;
    }

    /// <summary>What was found when the section was read, told when the app starts.</summary>
    private sealed class Checked(IReadOnlyList<string> mistakes) : IValidateOptions<PostgresOptions>
    {
        public ValidateOptionsResult Validate(string? name, PostgresOptions options) =>
            mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
