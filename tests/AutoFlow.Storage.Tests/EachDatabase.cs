using System.Reflection;
using AutoFlow.Tests;
using Xunit.Sdk;

namespace AutoFlow.Storage.Tests;

/// <summary>What a test of the storage runs on. Every test of a store runs on both: they keep one contract.</summary>
public enum On
{
    Sqlite,
    Postgres,
}

/// <summary>Runs the test on SQLite, with these values after the first one.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnSqliteAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[On.Sqlite, .. values]];
}

/// <summary>Runs the test on a PostgreSQL that is started for it; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnPostgresAttribute : DataAttribute
{
    private readonly object[] _values;

    public OnPostgresAttribute(params object[] values) => (_values, Skip) = (values, PostgresServer.Absence);

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[On.Postgres, .. _values]];
}
