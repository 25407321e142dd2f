namespace Sluice.Kubernetes.Client;

/// <summary>How an object is written.</summary>
public sealed record WriteOptions
{
    /// <summary>The default field manager.</summary>
    public const string DefaultFieldManager = "sluice";

    public static WriteOptions Default { get; } = new();

    /// <summary>Only the status subresource.</summary>
    public static WriteOptions Status { get; } = new() { Subresource = "status" };

    /// <summary>"status", or null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Who owns the fields that are written; at most 128 characters. Default "sluice".</summary>
    public string FieldManager { get; init; } = DefaultFieldManager;

    /// <summary>Server-side apply only: take fields over from other managers. Default false: their conflicts are errors.</summary>
    public bool Force { get; init; }

    /// <summary>The server checks, and writes nothing. Default false.</summary>
    public bool DryRun { get; init; }
}
