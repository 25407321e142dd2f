namespace Sluice.ApiServer.Store;

/// <summary>How far back the changes of one kind are kept, for watches that resume and lists that go on. Whichever bound comes first.</summary>
public sealed record HistoryLimits
{
    public static HistoryLimits Default { get; } = new();

    /// <summary>Changes of one kind. Default 10,000.</summary>
    public int MaxChanges { get; init; } = 10_000;

    /// <summary>Bytes of the objects in the changes of one kind. Default 16 MiB.</summary>
    public long MaxBytes { get; init; } = 16 << 20;

    /// <summary>Default 5 minutes.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);
}
