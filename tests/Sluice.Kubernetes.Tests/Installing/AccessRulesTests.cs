using System.Text;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;

namespace Sluice.Kubernetes.Tests.Installing;

/// <summary>Least privilege: what is allowed is listed, nothing by wildcard, and each with its reason.</summary>
public sealed class AccessRulesTests
{
    private static readonly string[] ReadVerbs = ["get", "list", "watch"];

    public static TheoryData<InfrastructureKind> Infrastructures => [InfrastructureKind.Kubernetes, InfrastructureKind.Host];

    [Theory]
    [MemberData(nameof(Infrastructures))]
    public void Rules_HaveNoWildcardAndAReason(InfrastructureKind infrastructure) => Assert.All([.. AccessRules.Cluster(infrastructure), .. AccessRules.Own(infrastructure)], rule =>
    {
        Assert.DoesNotContain("*", string.Concat(rule.Groups.Concat(rule.Resources).Concat(rule.Verbs)), StringComparison.Ordinal);
        Assert.NotEmpty(rule.Verbs);
        Assert.EndsWith(".", rule.Why, StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(Infrastructures))]
    public void Rules_OfTheGatewayApi_WriteStatusesOnly(InfrastructureKind infrastructure)
    {
        var rules = AccessRules.Cluster(infrastructure).Where(rule => rule.Groups.Any(group => group.StartsWith("gateway.", StringComparison.Ordinal)));

        foreach (var rule in rules.Where(rule => rule.Verbs.Except(ReadVerbs).Any()))
            Assert.All(rule.Resources, resource => Assert.True(resource.EndsWith("/status", StringComparison.Ordinal) || resource == "gateways/finalizers", resource));
    }

    [Fact]
    public void Rules_ForTheHost_WriteNothingButStatusesEventsAndServices() =>
        Assert.Equal(
            ["events", "services"],
            AccessRules.Cluster(InfrastructureKind.Host).Where(rule => rule.Verbs.Except(ReadVerbs).Any()).SelectMany(rule => rule.Resources).Where(resource => !resource.EndsWith("/status", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Infrastructures))]
    public void Rules_AreAboutKindsThatTheClientKnows(InfrastructureKind infrastructure)
    {
        var known = ApiResources.All.Select(resource => Path(resource.Group, resource.Plural)).ToList();

        Assert.All([.. AccessRules.Cluster(infrastructure), .. AccessRules.Own(infrastructure)], rule => Assert.All(rule.Resources, resource => Assert.Contains(Path(rule.Groups.Single(), resource.Split('/')[0]), known)));

        static string Path(string group, string plural) => group.Length == 0 ? plural : $"{group}/{plural}";
    }

    [Theory]
    [MemberData(nameof(Infrastructures))]
    public void Rules_OfItsOwnNamespace_NameTheirObjects(InfrastructureKind infrastructure) =>
        Assert.All(AccessRules.Own(infrastructure).Where(rule => !rule.Verbs.SequenceEqual(["create"])), rule => Assert.NotEmpty(rule.Names));

    [Theory]
    [MemberData(nameof(Infrastructures))]
    public void Page_ListsEveryRule(InfrastructureKind infrastructure)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs/operations/permissions.md"));

        Assert.All(AccessRules.Cluster(infrastructure), rule => Assert.Contains(Row(rule), page, StringComparison.Ordinal));
        Assert.All(AccessRules.Own(infrastructure), rule => Assert.Contains(Row(rule), page, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_ListsEveryRuleOfTheExporter()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs/operations/permissions.md"));

        Assert.All([.. AccessRules.Exporter, .. AccessRules.ExporterOfKuadrant], rule => Assert.Contains(Row(rule), page, StringComparison.Ordinal));
    }

    private static string Row(AccessRule rule)
    {
        var row = new StringBuilder("| ");
        row.AppendJoin(", ", rule.Groups.Select(group => group.Length == 0 ? "core" : group)).Append(" | ").AppendJoin(", ", rule.Resources);
        if (rule.Names.Count > 0)
            row.Append(" named ").AppendJoin(", ", rule.Names);
        return row.Append(" | ").AppendJoin(", ", rule.Verbs).Append(" | ").Append(rule.Why).Append(" |").ToString();
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("Sluice.slnx not found above the test.");
    }
}
