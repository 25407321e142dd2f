namespace Sluice.Kubernetes.Client;

/// <summary>How an object is deleted. Preconditions that do not hold are answered with 409.</summary>
public sealed record DeleteOptions
{
    public static DeleteOptions Default { get; } = new();

    /// <summary>Only the object with this metadata.uid, not a later one of the same name.</summary>
    public string? Uid { get; init; }

    /// <summary>Only when the object is still as it was seen.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>"Background", "Foreground" or "Orphan"; null for the kind's default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Null for the kind's default.</summary>
    public int? GracePeriodSeconds { get; init; }
}
