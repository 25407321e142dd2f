namespace Sluice.Controller.Clustered;

/// <summary>The controller cannot run as it was told to: the message says why, and what would help.</summary>
public sealed class ClusterException(string message, Exception? inner = null) : Exception(message, inner);
