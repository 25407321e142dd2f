namespace Sluice.Configuration;

/// <summary>One backendRef of a <see cref="StreamRoute"/>.</summary>
/// <param name="Cluster">Name of a <see cref="Configuration.Cluster"/>, or null for a backendRef that does not resolve: its share is closed.</param>
/// <param name="Weight">Share, relative to the sum over the rule; 0 gets none.</param>
public sealed record StreamBackend(string? Cluster, int Weight);
