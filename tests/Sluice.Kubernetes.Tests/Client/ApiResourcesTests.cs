using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Kubernetes.Tests.Client;

public sealed class ApiResourcesTests
{
    [Fact]
    public void All_EveryKindOfASnapshot_IsThere()
    {
        var kinds = typeof(ResourceSnapshot).GetProperties()
            .Where(property => property.PropertyType.IsGenericType && property.PropertyType.Name.StartsWith("ImmutableDictionary", StringComparison.Ordinal))
            .Select(property => property.PropertyType.GetGenericArguments()[1].Name.ToUpperInvariant());

        Assert.Empty(kinds.Except(ApiResources.All.Select(resource => resource.Kind.ToUpperInvariant())));
    }

    [Fact]
    public void All_Kinds_AreThereOnce() => Assert.Equal(ApiResources.All.Count, ApiResources.All.Select(resource => resource.ToString()).Distinct().Count());

    [Fact]
    public void Find_KindOfAGroup_TellsGroupsApart()
    {
        Assert.Same(ApiResources.Services, ApiResources.Find("", "Service"));
        Assert.Same(ApiResources.Events, ApiResources.Find("events.k8s.io", "Event"));
        Assert.Null(ApiResources.Find("", "Gateway"));
    }
}
