using AutoFlow.Storage.Conversations;
using AutoFlow.Storage.Definitions;
using AutoFlow.Storage.Events;
using AutoFlow.Storage.Inbox;
using AutoFlow.Storage.Journal;
using AutoFlow.Storage.Ledger;
using AutoFlow.Storage.ModelCalls;
using AutoFlow.Storage.Notifications;
using AutoFlow.Storage.Outbox;
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
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutoFlow.Storage;

/// <summary>Registers the stores behind Support's ports.</summary>
public static class SupportStorage
{
    /// <summary>
    /// Adds every store and <see cref="SupportDatabase"/>, whose <see cref="SupportDatabase.PrepareAsync"/> must run before
    /// the first use. Throws <see cref="InvalidOperationException"/> when the options name no place, or two.
    /// </summary>
    public static IServiceCollection AddSupportStorage(this IServiceCollection services, Action<SupportStorageOptions> configure)
    {
        var options = new SupportStorageOptions();
        configure(options);
        var connectionString = options.ToConnectionString();
        var settings = new SqliteSettings(options.BusyTimeout);

        services.TryAddSingleton(TimeProvider.System);
        services.AddPooledDbContextFactory<SupportDbContext>(builder => builder
            .UseSqlite(connectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(settings));
        services.AddSingleton<SupportWriter>();
        services.AddSingleton<SupportReader>();
        services.AddSingleton(provider => new SupportDatabase(
            provider.GetRequiredService<IDbContextFactory<SupportDbContext>>(), options, provider.GetRequiredService<TimeProvider>()));

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
        services.AddSingleton<ICorrections, CorrectionStore>();
        services.AddSingleton<IModelStore, ModelStore>();
        return services;
    }
}
