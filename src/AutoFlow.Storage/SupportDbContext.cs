using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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
using AutoFlow.Support.Messages;
using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>The support data. Tables and columns are made by the scripts in Schema/; here they are only named.</summary>
internal sealed class SupportDbContext(DbContextOptions<SupportDbContext> options) : DbContext(options)
{
    public DbSet<InboxRow> Inbox => Set<InboxRow>();
    public DbSet<ConversationRow> Conversations => Set<ConversationRow>();
    public DbSet<ConversationThreadRow> ConversationThreads => Set<ConversationThreadRow>();
    public DbSet<ConversationMessageRow> ConversationMessages => Set<ConversationMessageRow>();
    public DbSet<ConversationOrderRow> ConversationOrders => Set<ConversationOrderRow>();
    public DbSet<TicketRow> Tickets => Set<TicketRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();
    public DbSet<PushRow> Pushes => Set<PushRow>();
    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();
    public DbSet<ModelCallRow> ModelCalls => Set<ModelCallRow>();
    public DbSet<ModelWaitRow> ModelWaits => Set<ModelWaitRow>();
    public DbSet<CorrectionRow> Corrections => Set<CorrectionRow>();
    public DbSet<ModelRow> Models => Set<ModelRow>();

    /// <summary>Statements in the context's transaction.</summary>
    public SupportSql Sql => field ??= new SupportSql(this);

    /// <summary>
    /// The next number of a counter. A counter, not an identity column: it reads the same in every database, and ticket
    /// numbers have no gaps because a rolled back write gives its number back.
    /// </summary>
    public Task<long> NextAsync(string counter, CancellationToken ct) =>
        Sql.FirstAsync("UPDATE counters SET value = value + 1 WHERE name = @name RETURNING value", static row => row.GetInt64(0), ct, ("@name", counter));

    /// <summary>
    /// Until the transaction ends nobody else decides over the same matter: for decisions over several rows, which no row's own
    /// version protects. Call it before anything is read. SQLite has one writer, and so nothing to do.
    /// </summary>
    /// <param name="rule">What is decided.</param>
    /// <param name="matter">Over what; only its hash leaves the process.</param>
    public async Task AloneAsync(string rule, string matter, CancellationToken ct)
    {
        if (!Database.IsNpgsql()) return;
        var key = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}\n{matter}")));
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", ct);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcText.Converter>();
        configurationBuilder.Properties<decimal>().HaveConversion<ExactDecimal>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        if (Database.IsNpgsql()) configurationBuilder.Properties<string>().HaveConversion<PostgresText>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<InboxRow>(inbox =>
        {
            inbox.ToTable("inbox").HasKey(row => row.Id);
            inbox.Property(row => row.Message).HasConversion(new Json.Converter<InboundMessage>());
            inbox.Property(row => row.Understood).HasConversion(new Json.Converter<UnderstoodMessage?>());
        });
        modelBuilder.Entity<ConversationRow>().ToTable("conversations").HasKey(row => row.Id);
        modelBuilder.Entity<ConversationThreadRow>(thread =>
        {
            thread.ToTable("conversation_threads").HasKey(row => new { row.Channel, row.ThreadId });
            thread.HasOne<ConversationRow>().WithMany().HasForeignKey(row => row.ConversationId);
        });
        modelBuilder.Entity<ConversationMessageRow>(message =>
        {
            message.ToTable("conversation_messages").HasKey(row => row.InboxId);
            message.HasOne<ConversationRow>().WithMany().HasForeignKey(row => row.ConversationId);
        });
        modelBuilder.Entity<ConversationOrderRow>(order =>
        {
            order.ToTable("conversation_orders").HasKey(row => new { row.ConversationId, row.OrderNumber });
            order.HasOne<ConversationRow>().WithMany().HasForeignKey(row => row.ConversationId);
        });
        modelBuilder.Entity<TicketRow>().ToTable("tickets").HasKey(row => row.Number);
        modelBuilder.Entity<OutboxRow>().ToTable("outbox").HasKey(row => row.Key);
        modelBuilder.Entity<LedgerRow>().ToTable("ledger").HasKey(row => row.Key);
        modelBuilder.Entity<JournalRow>().ToTable("journal").HasKey(row => row.Key);
        modelBuilder.Entity<DefinitionRow>().ToTable("definitions").HasKey(row => row.Hash);
        modelBuilder.Entity<PushRow>().ToTable("pushes").HasKey(row => row.Key);
        modelBuilder.Entity<NotificationRow>().ToTable("notifications").HasKey(row => row.Key);
        modelBuilder.Entity<EventRow>(stored =>
        {
            stored.ToTable("events").HasKey(row => row.Key);
            // By its name it was the key's candidate, and keys may be null until they are made.
            stored.Property(row => row.Id).IsRequired();
        });
        modelBuilder.Entity<SubscriptionRow>().ToTable("subscriptions").HasKey(row => new { row.InstanceId, row.Type });
        modelBuilder.Entity<ModelCallRow>().ToTable("model_calls").HasKey(row => row.Id);
        modelBuilder.Entity<ModelWaitRow>().ToTable("model_waits").HasKey(row => row.Deployment);
        modelBuilder.Entity<CorrectionRow>().ToTable("corrections").HasKey(row => row.InboxId);
        modelBuilder.Entity<ModelRow>(model =>
        {
            model.ToTable("models").HasKey(row => row.Version);
            model.Property(row => row.Lessons).HasConversion(new Json.Converter<IReadOnlyList<Lesson>>(), Json.Compared<Lesson>());
            model.Property(row => row.Comparison).HasConversion(new Json.Converter<ModelComparison?>());
            model.Property(row => row.Reasons).HasConversion(new Json.Converter<IReadOnlyList<AdoptionReason>>(), Json.Compared<AdoptionReason>());
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
            property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        }

        if (!Database.IsNpgsql()) return;
        // PostgreSQL's own version of every row: a write that read another one is not made, and runs again (SupportWriter).
        // Only of our rows: what is nested in their JSON is found as well by now, and would stay when it is named.
        foreach (var row in modelBuilder.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(type => type.Assembly == typeof(SupportDbContext).Assembly).ToList())
            modelBuilder.Entity(row).Property<uint>("xmin").IsRowVersion();
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
