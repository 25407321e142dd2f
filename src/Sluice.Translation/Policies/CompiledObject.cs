using Sluice.Resources;
using Sluice.Resources.Kgateway;

namespace Sluice.Translation.Policies;

/// <summary>An object that stands for itself, judged.</summary>
/// <param name="Source">The object.</param>
/// <param name="Dependencies">What was looked at.</param>
/// <param name="IsUsable">If only in part.</param>
/// <param name="Status">What its status says.</param>
internal sealed record CompiledObject(KubernetesObject Source, PolicyDependency[] Dependencies, bool IsUsable, ObjectStatus Status);
