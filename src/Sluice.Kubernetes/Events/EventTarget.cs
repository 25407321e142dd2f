using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Kubernetes.Events;

/// <summary>The object that an Event is about.</summary>
/// <param name="Resource">Its kind.</param>
/// <param name="Name">Its name and namespace.</param>
/// <param name="Uid">metadata.uid: "kubectl describe" finds Events by it. "" when it is not known.</param>
public sealed record EventTarget(ApiResource Resource, NamespacedName Name, string Uid = "");
