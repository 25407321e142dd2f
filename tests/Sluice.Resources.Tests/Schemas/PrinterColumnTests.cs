using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

public class PrinterColumnTests
{
    private const string Gateway = "gateway.networking.k8s.io";

    [Theory]
    [InlineData("", "Service", "Type Cluster-IP External-IP Port(s) Age +Selector")]
    [InlineData("", "ConfigMap", "Data Age")]
    [InlineData("", "Secret", "Type Data Age")]
    [InlineData("", "Namespace", "Status Age")]
    [InlineData("", "Endpoints", "Endpoints Age")]
    [InlineData("discovery.k8s.io", "EndpointSlice", "AddressType Ports Endpoints Age")]
    [InlineData("apps", "Deployment", "Ready Up-to-date Available Age +Containers +Images +Selector")]
    [InlineData("coordination.k8s.io", "Lease", "Holder Age")]
    [InlineData(Gateway, "Gateway", "Class Address Programmed Age")]
    [InlineData(Gateway, "GatewayClass", "Controller Accepted Age +Description")]
    [InlineData(Gateway, "HTTPRoute", "Hostnames Age")]
    [InlineData(Gateway, "ListenerSet", "Accepted Programmed Age")]
    public void Columns_AreThoseThatKubectlShows(string group, string kind, string columns) => Assert.Equal(
        columns.Split(' '),
        KindSchemas.Find(group, kind)!.PrinterColumns.Select(column => (column.Priority > 0 ? "+" : "") + column.Name));

    [Fact]
    public void Columns_HaveAPathOrAreComputed() => Assert.All(
        KindSchemas.All.SelectMany(kind => kind.PrinterColumns.Select(column => (kind, column))),
        place =>
        {
            Assert.Equal(place.column.Compute is null, place.column.JsonPath.Length > 0);
            Assert.False(place.kind.IsCustom && place.column.Compute is not null, $"{place.kind.Kind} {place.column.Name}: a CRD cannot compute");
        });

    [Theory]
    [InlineData("Service", "Cluster-IP", """{"spec":{"clusterIP":"10.0.0.1"}}""", "10.0.0.1")]
    [InlineData("Service", "Cluster-IP", """{"spec":{}}""", "<none>")]
    [InlineData("Service", "External-IP", """{"spec":{"type":"ClusterIP"}}""", "<none>")]
    [InlineData("Service", "External-IP", """{"spec":{"type":"LoadBalancer"}}""", "<pending>")]
    [InlineData("Service", "External-IP", """{"spec":{"type":"LoadBalancer","externalIPs":["192.0.2.9"]},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"},{"hostname":"a.example"}]}}}""", "192.0.2.1,a.example,192.0.2.9")]
    [InlineData("Service", "External-IP", """{"spec":{"type":"ExternalName","externalName":"a.example"}}""", "a.example")]
    [InlineData("Service", "Port(s)", """{"spec":{"ports":[{"port":80,"protocol":"TCP","nodePort":30080},{"port":53,"protocol":"UDP"}]}}""", "80:30080/TCP,53/UDP")]
    [InlineData("Service", "Port(s)", """{"spec":{}}""", "<none>")]
    [InlineData("Service", "Selector", """{"spec":{"selector":{"b":"2","a":"1"}}}""", "a=1,b=2")]
    [InlineData("ConfigMap", "Data", """{"data":{"a":"b","c":"d"},"binaryData":{"e":""}}""", "3")]
    [InlineData("ConfigMap", "Data", "{}", "0")]
    [InlineData("Endpoints", "Endpoints", """{"subsets":[{"addresses":[{"ip":"192.0.2.1"},{"ip":"2001:db8::1"},{"ip":"192.0.2.3"},{"ip":"192.0.2.4"}],"ports":[{"port":80}]}]}""", "192.0.2.1:80,[2001:db8::1]:80,192.0.2.3:80 + 1 more...")]
    [InlineData("Endpoints", "Endpoints", "{}", "<none>")]
    [InlineData("Pod", "Ready", """{"spec":{"containers":[{},{}]},"status":{"containerStatuses":[{"ready":true},{"ready":false}]}}""", "1/2")]
    [InlineData("Pod", "Status", """{"status":{"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff"}}}]}}""", "ImagePullBackOff")]
    [InlineData("Pod", "Status", """{"status":{"phase":"Running"}}""", "Running")]
    [InlineData("Pod", "Status", """{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Running"}}""", "Terminating")]
    [InlineData("Event", "Object", """{"involvedObject":{"kind":"Gateway","name":"web"}}""", "gateway/web")]
    [InlineData("Event", "Last Seen", """{"eventTime":null,"lastTimestamp":"2026-01-01T00:00:00Z"}""", "2026-01-01T00:00:00Z")]
    public void Compute_Core_ShowsWhatKubernetesShows(string kind, string column, string json, string cell) =>
        Assert.Equal(cell, Cell("", kind, column, json));

    [Theory]
    [InlineData("discovery.k8s.io", "EndpointSlice", "Ports", """{"ports":[{"port":80},{"port":443}]}""", "80,443")]
    [InlineData("discovery.k8s.io", "EndpointSlice", "Endpoints", """{"endpoints":[{"addresses":["192.0.2.1","192.0.2.2"]}]}""", "192.0.2.1,192.0.2.2")]
    [InlineData("discovery.k8s.io", "EndpointSlice", "Endpoints", "{}", "<unset>")]
    [InlineData("apps", "Deployment", "Ready", """{"spec":{"replicas":3},"status":{"readyReplicas":2}}""", "2/3")]
    [InlineData("apps", "DaemonSet", "Desired", "{}", "0")]
    [InlineData("policy", "PodDisruptionBudget", "Max Unavailable", """{"spec":{"minAvailable":1}}""", "N/A")]
    [InlineData("policy", "PodDisruptionBudget", "Min Available", """{"spec":{"minAvailable":"50%"}}""", "50%")]
    [InlineData("autoscaling", "HorizontalPodAutoscaler", "Targets", """{"spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]}}""", "cpu: <unknown>/80%")]
    public void Compute_Groups_ShowsWhatKubernetesShows(string group, string kind, string column, string json, string cell) =>
        Assert.Equal(cell, Cell(group, kind, column, json));

    private static string Cell(string group, string kind, string column, string json) =>
        KindSchemas.Find(group, kind)!.PrinterColumns.Single(one => one.Name == column).Compute!(JsonNode.Parse(json)!.AsObject());
}
