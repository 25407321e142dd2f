using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Kubernetes.Tests.Infrastructure;

public sealed class ServiceAddressesTests
{
    private static readonly GatewayAddress[] Nodes = [new("IPAddress", "198.51.100.1")];

    [Theory]
    [InlineData("load balancer without an address", "{'spec':{'type':'LoadBalancer','clusterIP':'10.0.0.1'}}", "")]
    [InlineData("load balancer", "{'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[{'ip':'192.0.2.1'},{'hostname':'lb.example.com'},{'ip':'2001:db8::1','ports':[]}]}}}", "IPAddress 192.0.2.1, Hostname lb.example.com, IPAddress 2001:db8::1")]
    [InlineData("both in one", "{'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[{'ip':'192.0.2.1','hostname':'lb.example.com'}]}}}", "IPAddress 192.0.2.1, Hostname lb.example.com")]
    [InlineData("the same twice", "{'spec':{'type':'LoadBalancer','externalIPs':['192.0.2.1']},'status':{'loadBalancer':{'ingress':[{'ip':'192.0.2.1'}]}}}", "IPAddress 192.0.2.1")]
    [InlineData("node port", "{'spec':{'type':'NodePort','clusterIP':'10.0.0.1'}}", "IPAddress 198.51.100.1")]
    [InlineData("cluster IP", "{'spec':{'type':'ClusterIP','clusterIP':'10.0.0.1'}}", "IPAddress 10.0.0.1")]
    [InlineData("cluster IPs", "{'spec':{'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1','fd00::1']}}", "IPAddress 10.0.0.1, IPAddress fd00::1")]
    [InlineData("external IPs first", "{'spec':{'type':'ClusterIP','clusterIP':'10.0.0.1','externalIPs':['192.0.2.7']}}", "IPAddress 192.0.2.7, IPAddress 10.0.0.1")]
    [InlineData("headless", "{'spec':{'type':'ClusterIP','clusterIP':'None','clusterIPs':['None']}}", "")]
    [InlineData("nothing", "{}", "")]
    [InlineData("nonsense", "{'spec':{'type':'LoadBalancer','externalIPs':[1,null,'x']},'status':{'loadBalancer':{'ingress':[1,{'ip':5}]}}}", "")]
    public void Of_Service_GivesItsAddresses(string what, string service, string expected)
    {
        Assert.NotEmpty(what);
        Assert.Equal(expected, Text(ServiceAddresses.Of(Json(service), Nodes)));
    }

    [Fact]
    public void Of_ManyAddresses_KeepsWhatAStatusHolds()
    {
        var ingress = new JsonArray([.. Enumerable.Range(0, 40).Select(i => new JsonObject { ["ip"] = $"192.0.2.{i}" })]);
        var service = new JsonObject { ["spec"] = new JsonObject { ["type"] = "LoadBalancer" }, ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = ingress } } };

        Assert.Equal(ServiceAddresses.MaxAddresses, ServiceAddresses.Of(service, []).Count);
    }

    [Fact]
    public void OfNodes_TakesOneAddressOfEveryReadyNode()
    {
        var nodes = new[]
        {
            Node("True", "{'type':'InternalIP','address':'10.0.0.3'},{'type':'ExternalIP','address':'198.51.100.3'}"),
            Node("True", "{'type':'Hostname','address':'n'},{'type':'InternalIP','address':'10.0.0.2'}"),
            Node("False", "{'type':'InternalIP','address':'10.0.0.9'}"),
            Node("True", ""),
        };

        Assert.Equal("IPAddress 10.0.0.2, IPAddress 198.51.100.3", Text(ServiceAddresses.OfNodes(nodes)));
    }

    [Fact]
    public void Missing_TellsRequestedAddressesThatWereNotGiven()
    {
        var gateway = new Gateway
        {
            Metadata = new ObjectMeta { Name = "g", Namespace = "n" },
            GatewayClassName = "c",
            Listeners = [],
            Addresses = [new("IPAddress", "192.0.2.1"), new("IPAddress", "2001:DB8:0::1"), new("IPAddress", "192.0.2.2"), new("IPAddress", null)],
        };

        Assert.Equal("IPAddress 192.0.2.2", Text(ServiceAddresses.Missing(gateway, [new("IPAddress", "192.0.2.1"), new("IPAddress", "2001:db8::1")])));
    }

    private static JsonObject Node(string ready, string addresses) => Json($"{{'status':{{'conditions':[{{'type':'Ready','status':'{ready}'}}],'addresses':[{addresses}]}}}}");

    private static JsonObject Json(string text) => JsonNode.Parse(text.Replace('\'', '"'))!.AsObject();

    private static string Text(IReadOnlyList<GatewayAddress> addresses) => string.Join(", ", addresses.Select(address => $"{address.Type} {address.Value}"));
}
