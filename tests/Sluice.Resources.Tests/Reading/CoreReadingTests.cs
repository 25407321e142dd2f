using System.Text;
using Sluice.Resources.Core;
using Sluice.Resources.Kgateway;

namespace Sluice.Resources.Tests.Reading;

public class CoreReadingTests
{
    [Fact]
    public void Read_Service_GivesEveryField()
    {
        var service = Reads.One<Service>(Reads.Object("Service", """
            spec:
              clusterIP: None
              selector: {app: web}
              sessionAffinity: None
              ports:
              - name: http
                port: 80
                targetPort: 8080
              - {name: h2c, port: 81, targetPort: grpc, protocol: TCP, appProtocol: kubernetes.io/h2c, nodePort: 30081}
            """));

        Assert.Equal((ServiceType.ClusterIP, "None", true), (service.Type, service.ClusterIP, service.HasSelector));
        Assert.Equal([new ServicePort("http", 80, "8080"), new ServicePort("h2c", 81, "grpc", "TCP", "kubernetes.io/h2c")], service.Ports);
    }

    [Fact]
    public void Read_ExternalNameService_NeedsNoPorts()
    {
        var service = Reads.One<Service>(Reads.Object("Service", "spec: {type: ExternalName, externalName: db.example.com}\n"));

        Assert.Equal((ServiceType.ExternalName, "db.example.com", false), (service.Type, service.ExternalName, service.HasSelector));
    }

    [Fact]
    public void Read_EndpointSlice_GivesEveryField()
    {
        var slice = Reads.One<EndpointSlice>(Reads.Object("EndpointSlice", """
            addressType: IPv4
            endpoints:
            - addresses: [127.0.0.1]
              nodeName: n
              conditions: {ready: false, serving: true, terminating: true}
            - addresses: [10.0.0.1]
            ports:
            - name: http
              port: 8080
            - {}
            """));

        Assert.Equal("IPv4", slice.AddressType);
        Assert.Equal((false, true, true), (slice.Endpoints[0].Ready, slice.Endpoints[0].Serving, slice.Endpoints[0].Terminating));
        Assert.Equal((true, true, false), (slice.Endpoints[1].Ready, slice.Endpoints[1].Serving, slice.Endpoints[1].Terminating));
        Assert.Equal([new EndpointPort("http", 8080), new EndpointPort("", null)], slice.Ports);
    }

    [Fact]
    public void Read_Endpoints_LeavesOutThoseNotReady()
    {
        var endpoints = Reads.One<Endpoints>(Reads.Object("Endpoints", """
            subsets:
            - addresses: [{ip: 192.168.1.10}, {ip: "fd00::1"}]
              notReadyAddresses: [{ip: 192.168.1.11}]
              ports: [{port: 8123}]
            """));

        var subset = Assert.Single(endpoints.Subsets);
        Assert.Equal(["192.168.1.10", "fd00::1"], subset.Addresses);
        Assert.Equal([new EndpointPort("", 8123)], subset.Ports);
    }

    [Fact]
    public void Read_Secret_DecodesDataAndPrefersStringData()
    {
        var secret = Reads.One<Secret>(Reads.Object("Secret", """
            type: kubernetes.io/tls
            data:
              tls.crt: |
                Y2Vy
                dA==
              tls.key: eA==
            stringData: {tls.key: key}
            """));

        Assert.Equal("kubernetes.io/tls", secret.Type);
        Assert.Equal("cert", Encoding.UTF8.GetString(secret.Data["tls.crt"]));
        Assert.Equal("key", Encoding.UTF8.GetString(secret.Data["tls.key"]));
        Assert.DoesNotContain("key", secret.ToString().Replace("keys", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherKinds_GivesTheirFields()
    {
        Assert.Equal("v", Reads.One<ConfigMap>(Reads.Object("ConfigMap", "data: {ca.crt: v}\nbinaryData: {b: eA==}\n")).Data["ca.crt"]);
        Assert.Equal("infra", Reads.One<Namespace>("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: infra\n  labels: {a: b}\n").Metadata.Name);
        var response = Reads.One<DirectResponse>(Reads.Object("DirectResponse", "spec: {status: 200, body: OK}\n"));
        Assert.Equal((200, "OK"), (response.Status, response.Body));
        Reads.One<GatewayParameters>(Reads.Object("GatewayParameters", "spec: {kube: {podTemplate: {nodeSelector: {a: b}}}}\n"));
    }

    [Fact]
    public void Read_Lists_GivesTheirItems()
    {
        var file = Reads.Read("""
            apiVersion: v1
            kind: List
            metadata: {resourceVersion: ""}
            items:
            - apiVersion: v1
              kind: Namespace
              metadata: {name: a}
            - apiVersion: v1
              kind: Pod
              metadata: {name: p}
            ---
            apiVersion: v1
            kind: ServiceList
            items:
            - metadata: {name: b}
              spec: {ports: [{port: 80}]}
            """);

        Assert.Equal(["Namespace a", "Service default/b"], file.Objects.Select(value => $"{value.Kind} {value.Key}"));
        Assert.Equal("test.yaml:9:3: info: Pod p: skipped: v1 Pod is not a kind that is read", Assert.Single(file.Diagnostics).ToString());
        Assert.Equal(5, file.Objects[0].Source!.Line);
    }

    [Fact]
    public void Read_Json_GivesTheSameAsYaml()
    {
        var file = Reads.Read("""
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "labels": {"x": "\u0079"}},
             "spec": {"ports": [{"port": 80}]}}
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "b"}}
            """, path: "test.json");

        Assert.Empty(file.Diagnostics);
        Assert.Equal(80, Assert.IsType<Service>(file.Objects[0]).Ports[0].Port);
        Assert.Equal("y", file.Objects[0].Metadata.Labels["x"]);
        Assert.Equal(3, file.Objects[1].Source!.Line);
    }
}
