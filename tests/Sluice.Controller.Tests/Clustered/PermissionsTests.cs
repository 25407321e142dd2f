using Sluice.Controller.Clustered;
using Sluice.Controller.Clustered.Infrastructure;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>What an installation allows the controller is what the controller does.</summary>
public sealed class PermissionsTests
{
    private static readonly string[] Read = ["get", "list", "watch"];

    [Theory]
    [InlineData(InfrastructureKind.Kubernetes)]
    [InlineData(InfrastructureKind.Host)]
    public void EveryFollowedKind_MayBeRead(InfrastructureKind infrastructure) =>
        Assert.All(ClusterKinds.All, kind => Assert.Empty(Read.Except(Allowed(infrastructure, kind.Preferred, ""))));

    [Fact]
    public void Statuses_MayBeWritten_OfTheKindsThatHaveOurs() => Assert.All(ClusterKinds.All, kind =>
        Assert.Equal(kind.HasStatus ? ["patch"] : [], Allowed(InfrastructureKind.Kubernetes, kind.Preferred, "/status")));

    [Fact]
    public void WhatIsMadeForGateways_MayBeMadeAndDeleted() => Assert.All(KubernetesServing.Kinds, kind =>
        Assert.Empty(Read.Concat(["create", "patch", "delete"]).Except(Allowed(InfrastructureKind.Kubernetes, kind, ""))));

    [Fact]
    public void NothingElse_MayBeMade() => Assert.Empty(
        AccessRules.Cluster(InfrastructureKind.Kubernetes).Where(rule => rule.Verbs.Contains("delete")).SelectMany(rule => rule.Resources).Except(KubernetesServing.Kinds.Select(kind => kind.Plural)));

    private static IEnumerable<string> Allowed(InfrastructureKind infrastructure, ApiResource resource, string subresource) =>
        AccessRules.Cluster(infrastructure).Where(rule => rule.Groups.Contains(resource.Group) && rule.Resources.Contains(resource.Plural + subresource)).SelectMany(rule => rule.Verbs).Distinct();
}
