using AutoFlow.Support.Yaml;

namespace AutoFlow.Support.Policies;

/// <summary>Every policy of the shop, as written by the people who run it.</summary>
public sealed record PolicyBook
{
    public required DeliveryPolicy Delivery { get; init; }
    public required CompensationPolicy Compensation { get; init; }
    public required CancellationPolicy Cancellation { get; init; }
    public required ReviewPolicy Review { get; init; }
    public required DepartmentsPolicy Departments { get; init; }
    public required RoutingPolicy Routing { get; init; }

    /// <summary>When the understanding learns.</summary>
    public TrainingPolicy Training { get; init; } = TrainingPolicy.Default;

    /// <summary>Reads the files of a folder, of which only training.yaml may be missing; a folder with any mistake gives no book, and every mistake.</summary>
    public static PolicyLoadResult Load(string folder)
    {
        var errors = new List<FileError>();
        var delivery = Read("delivery.yaml", DeliveryPolicy.Read);
        var compensation = Read("compensation.yaml", CompensationPolicy.Read);
        var cancellation = Read("cancellation.yaml", CancellationPolicy.Read);
        var review = Read("review.yaml", ReviewPolicy.Read);
        var departments = Read("departments.yaml", DepartmentsPolicy.Read);
        var routing = Read("routing.yaml", RoutingPolicy.Read);
        var training = File.Exists(Path.Combine(folder, "training.yaml")) ? Read("training.yaml", TrainingPolicy.Read) : TrainingPolicy.Default;
        return errors.Count > 0
            ? new PolicyLoadResult(null, errors)
            : new PolicyLoadResult(new PolicyBook
            {
                Delivery = delivery!,
                Compensation = compensation!,
                Cancellation = cancellation!,
                Review = review!,
                Departments = departments!,
                Routing = routing!,
                Training = training!,
            }, []);

        T? Read<T>(string file, Func<YamlMap, T> read) where T : class
        {
            if (YamlFile.Open(Path.Combine(folder, file), errors) is not { } map) return null;
            var policy = read(map);
            map.End();
            return policy;
        }
    }
}

/// <param name="Book">Null when there are errors.</param>
/// <param name="Errors">In the order of the files.</param>
public sealed record PolicyLoadResult(PolicyBook? Book, IReadOnlyList<FileError> Errors);
