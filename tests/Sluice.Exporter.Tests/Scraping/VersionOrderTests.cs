using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Tests.Scraping;

public sealed class VersionOrderTests
{
    [Fact]
    public void Versions_AreInKubernetesOrder()
    {
        string[] ordered = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10", "v1beta"];

        Assert.Equal(ordered, ordered.Reverse().OrderDescending(KubernetesVersionOrder.Instance));
    }
}
