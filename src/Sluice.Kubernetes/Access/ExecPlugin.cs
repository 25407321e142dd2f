namespace Sluice.Kubernetes.Access;

/// <summary>users[].user.exec: a program that gives credentials.</summary>
internal sealed record ExecPlugin
{
    /// <summary>"client.authentication.k8s.io/v1" or "…/v1beta1".</summary>
    public required string ApiVersion { get; init; }

    /// <summary>A path, or a name that PATH finds.</summary>
    public required string Command { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Added to the environment.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>What to say when there is no such program; null for nothing.</summary>
    public required string? InstallHint { get; init; }

    /// <summary>The cluster as JSON, when the plugin wants to know it.</summary>
    public required string? ClusterJson { get; init; }

    /// <summary>"Never", "IfAvailable" or "Always": whether it may ask the user.</summary>
    public required string InteractiveMode { get; init; }

    /// <summary>The field that describes it, with its file: begins messages.</summary>
    public required string Purpose { get; init; }

    /// <summary>How long it may take when it does not ask the user. kubeconfig has no field for it. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
