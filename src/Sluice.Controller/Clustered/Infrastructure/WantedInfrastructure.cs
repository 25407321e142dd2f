using Sluice.Kubernetes.Infrastructure;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>What is to be there for a Gateway.</summary>
/// <param name="Uid">metadata.uid of the Gateway.</param>
/// <param name="Label">The value of the label that its objects are found by.</param>
/// <param name="Rendered">The objects.</param>
internal sealed record WantedInfrastructure(string Uid, string Label, RenderedInfrastructure Rendered);
