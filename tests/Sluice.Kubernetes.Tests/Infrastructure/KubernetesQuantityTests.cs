using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;

namespace Sluice.Kubernetes.Tests.Infrastructure;

public sealed class KubernetesQuantityTests
{
    [Theory]
    [InlineData("\"1000m\"", "1", true)]
    [InlineData("\"1\"", "1", true)]
    [InlineData("0.5", "\"500m\"", true)]
    [InlineData("\"1Ki\"", "1024", true)]
    [InlineData("\"1024Mi\"", "\"1Gi\"", true)]
    [InlineData("\"1e3\"", "\"1k\"", true)]
    [InlineData("\"1M\"", "\"1Mi\"", false)]
    [InlineData("\"1\"", "\"2\"", false)]
    [InlineData("\"x\"", "\"x\"", false)]
    [InlineData("\"1X\"", "\"1X\"", false)]
    [InlineData("\"99999999999999E\"", "\"99999999999999E\"", false)]
    [InlineData("true", "true", false)]
    public void AreEqual_ComparesWhatTheyMean(string one, string other, bool expected) =>
        Assert.Equal(expected, KubernetesQuantity.AreEqual(JsonNode.Parse(one), JsonNode.Parse(other)));
}
