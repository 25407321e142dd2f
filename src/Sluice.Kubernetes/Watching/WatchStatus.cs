using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Watching;

/// <summary>How it stands with the watch of one kind.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="State">How it stands.</param>
/// <param name="Message">Why, for people; "" while all is well.</param>
public sealed record WatchStatus(ApiResource Resource, WatchState State, string Message);
