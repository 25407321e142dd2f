using Sluice.Resources.Patches;

namespace Sluice.Resources.Tests.Patches;

public sealed class StrategicMergePatchTests
{
    private const string Containers = "{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}";

    [Theory]
    [InlineData("map: merged, null removes", "{'data':{'a':'1','b':'2'}}", "{'data':{'b':null,'c':'3'}}", "{'data':{'a':'1','c':'3'}}")]
    [InlineData("map: new, without nulls", "{}", "{'data':{'a':'1','b':null}}", "{'data':{'a':'1'}}")]
    [InlineData("map: $patch replace", "{'data':{'a':'1'}}", "{'data':{'$patch':'replace','c':'3'}}", "{'data':{'c':'3'}}")]
    [InlineData("map: $patch delete", "{'data':{'a':'1'}}", "{'data':{'$patch':'delete'}}", "{'data':{}}")]
    [InlineData("map: $patch merge", "{'data':{'a':'1'}}", "{'data':{'$patch':'merge','b':'2'}}", "{'data':{'a':'1','b':'2'}}")]
    [InlineData("map: $retainKeys", "{'data':{'a':'1','b':'2'}}", "{'data':{'$retainKeys':['b','c'],'c':'3'}}", "{'data':{'b':'2','c':'3'}}")]
    [InlineData("map: other type", "{'data':'x'}", "{'data':{'a':'1'}}", "{'data':{'a':'1'}}")]
    [InlineData("values: merged once each", "{'metadata':{'finalizers':['a','b']}}", "{'metadata':{'finalizers':['b','c']}}", "{'metadata':{'finalizers':['a','b','c']}}")]
    [InlineData("values: deleted", "{'metadata':{'finalizers':['a','b']}}", "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a','x']}}", "{'metadata':{'finalizers':['b']}}")]
    [InlineData("values: nothing to delete from", "{'metadata':{}}", "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a']}}", "{'metadata':{}}")]
    [InlineData("values: ordered", "{'metadata':{'finalizers':['a','b','c']}}", "{'metadata':{'$setElementOrder/finalizers':['c','a']}}", "{'metadata':{'finalizers':['b','c','a']}}")]
    [InlineData("keyed: ownerReferences", "{'metadata':{'ownerReferences':[{'uid':'1','name':'a'}]}}", "{'metadata':{'ownerReferences':[{'uid':'1','controller':true}]}}", "{'metadata':{'ownerReferences':[{'uid':'1','name':'a','controller':true}]}}")]
    public void Apply_ConfigMap_GivesTheResult(string what, string target, string patch, string expected) => Gives(what, "ConfigMap", target, patch, expected);

    [Theory]
    [InlineData("item merged", Containers, "{'containers':[{'name':'b','tty':true}]}", "{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2','tty':true}]}")]
    [InlineData("item added first, as in Kubernetes", Containers, "{'containers':[{'name':'c'}]}", "{'containers':[{'name':'c'},{'name':'a','image':'1'},{'name':'b','image':'2'}]}")]
    [InlineData("order of the patch", Containers, "{'containers':[{'name':'b'},{'name':'a'}]}", "{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}")]
    [InlineData("$setElementOrder", Containers, "{'$setElementOrder/containers':[{'name':'a'},{'name':'c'},{'name':'b'}],'containers':[{'name':'c'}]}", "{'containers':[{'name':'a','image':'1'},{'name':'c'},{'name':'b','image':'2'}]}")]
    [InlineData("$setElementOrder alone", Containers, "{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}", "{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}")]
    [InlineData("item deleted", Containers, "{'containers':[{'name':'a','$patch':'delete'}]}", "{'containers':[{'name':'b','image':'2'}]}")]
    [InlineData("item replaced", Containers, "{'containers':[{'name':'b','$patch':'replace'}]}", "{'containers':[]}")]
    [InlineData("list replaced", Containers, "{'containers':[{'$patch':'replace','name':'x'},{'name':'c','image':'3'}]}", "{'containers':[{'name':'c','image':'3'}]}")]
    [InlineData("list set to null", Containers, "{'containers':null}", "{}")]
    [InlineData("nested lists", "{'containers':[{'name':'a','env':[{'name':'X','value':'1'}],'args':['x','y']}]}", "{'containers':[{'name':'a','env':[{'name':'X','value':'2'}],'args':['z']}]}", "{'containers':[{'name':'a','env':[{'name':'X','value':'2'}],'args':['z']}]}")]
    [InlineData("$retainKeys of a volume", "{'volumes':[{'name':'v','emptyDir':{}}]}", "{'volumes':[{'$retainKeys':['name','configMap'],'name':'v','configMap':{'name':'c'}}]}", "{'volumes':[{'name':'v','configMap':{'name':'c'}}]}")]
    [InlineData("list without key", "{'tolerations':[{'key':'a'},{'key':'b'}]}", "{'tolerations':[{'key':'c'}]}", "{'tolerations':[{'key':'c'}]}")]
    [InlineData("list without key, $patch replace", "{'tolerations':[{'key':'a'}]}", "{'tolerations':[{'$patch':'replace'},{'key':'c'}]}", "{'tolerations':[{'key':'c'}]}")]
    [InlineData("topology", "{'topologySpreadConstraints':[{'topologyKey':'zone','maxSkew':1}]}", "{'topologySpreadConstraints':[{'topologyKey':'zone','maxSkew':2}]}", "{'topologySpreadConstraints':[{'topologyKey':'zone','maxSkew':2}]}")]
    [InlineData("new list with a directive", "{}", "{'containers':[{'name':'a','$patch':'delete'},{'name':'b','image':null}]}", "{'containers':[{'name':'b'}]}")]
    public void Apply_PodSpec_GivesTheResult(string what, string target, string patch, string expected)
    {
        Gives(what, "Pod", $"{{'spec':{target}}}", $"{{'spec':{patch}}}", $"{{'spec':{expected}}}");
        foreach (var kind in new[] { "Deployment", "DaemonSet" })
            Gives(what, kind, $"{{'spec':{{'template':{{'spec':{target}}}}}}}", $"{{'spec':{{'template':{{'spec':{patch}}}}}}}", $"{{'spec':{{'template':{{'spec':{expected}}}}}}}");
    }

    [Theory]
    [InlineData("Service", "{'spec':{'ports':[{'port':80,'name':'http'}]}}", "{'spec':{'ports':[{'port':80,'nodePort':30080}]}}", "{'spec':{'ports':[{'port':80,'name':'http','nodePort':30080}]}}")]
    [InlineData("Service", "{'spec':{'ports':[{'port':53,'name':'u'},{'port':53,'name':'t'}]}}", "{'spec':{'ports':[{'port':53,'nodePort':3}]}}", "{'spec':{'ports':[{'port':53,'name':'u','nodePort':3},{'port':53,'name':'t'}]}}")]
    [InlineData("Service", "{'status':{'conditions':[{'type':'A','status':'True'}]}}", "{'status':{'conditions':[{'type':'A','status':'False'}]}}", "{'status':{'conditions':[{'type':'A','status':'False'}]}}")]
    [InlineData("ServiceAccount", "{'secrets':[{'name':'a'}],'imagePullSecrets':[{'name':'a'}]}", "{'secrets':[{'name':'b'}],'imagePullSecrets':[{'name':'b'}]}", "{'secrets':[{'name':'b'},{'name':'a'}],'imagePullSecrets':[{'name':'b'}]}")]
    [InlineData("PodDisruptionBudget", "{'spec':{'selector':{'matchLabels':{'a':'b'}}}}", "{'spec':{'selector':{'matchLabels':{'c':'d'}}}}", "{'spec':{'selector':{'matchLabels':{'c':'d'}}}}")]
    [InlineData("HorizontalPodAutoscaler", "{'spec':{'metrics':[{'type':'A'}],'maxReplicas':2}}", "{'spec':{'metrics':[{'type':'B'}]}}", "{'spec':{'metrics':[{'type':'B'}],'maxReplicas':2}}")]
    [InlineData("Endpoints", "{'subsets':[{'ports':[1]}]}", "{'subsets':[]}", "{'subsets':[]}")]
    [InlineData("Namespace", "{'metadata':{'labels':{'a':'b'}},'spec':{'finalizers':['kubernetes']}}", "{'metadata':{'labels':{'c':'d'}},'spec':{'finalizers':[]}}", "{'metadata':{'labels':{'a':'b','c':'d'}},'spec':{'finalizers':[]}}")]
    [InlineData("Secret", "{'data':{'k':'eA=='}}", "{'data':{'k':null}}", "{'data':{}}")]
    public void Apply_ByKind_GivesTheResult(string kind, string target, string patch, string expected) => Gives(kind, kind, target, patch, expected);

    [Theory]
    [InlineData("{'$patch':'remove'}", "", "$patch must be one of merge, replace, delete")]
    [InlineData("{'spec':{'$retainKeys':['a'],'b':1}}", "spec", "the patch sets b, which $retainKeys does not name")]
    [InlineData("{'spec':{'$retainKeys':'a'}}", "spec", "must be a list of names")]
    [InlineData("{'spec':{'$other':1}}", "spec", "\"$other\" is no directive")]
    [InlineData("{'spec':{'containers':[{'image':'x'}]}}", "spec.containers", "every item must have name")]
    [InlineData("{'spec':{'containers':['x']}}", "spec.containers", "must hold objects only")]
    [InlineData("{'spec':{'containers':[{'name':'a','env':[{}]}]}}", "spec.containers[name=a].env", "every item must have name")]
    [InlineData("{'spec':{'tolerations':[{'$patch':'delete','key':'a'}]}}", "spec.tolerations", "replaced as a whole")]
    [InlineData("{'metadata':{'finalizers':[{}]}}", "metadata.finalizers", "must hold plain values only")]
    [InlineData("{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'b'}]}}", "spec.containers", "$setElementOrder must name the items")]
    [InlineData("{'metadata':{'$deleteFromPrimitiveList/finalizers':'a'}}", "metadata", "must be a list")]
    [InlineData("[]", "", "must be an object")]
    public void Apply_Malformed_NamesThePath(string patch, string path, string message)
    {
        var exception = Json.Throws(isMalformed: true, message, () => StrategicMergePatch.Apply(Json.Parse("{'spec':{'containers':[{'name':'a'}]}}"), Json.Parse(patch)!, "Pod"));

        Assert.Equal(path, exception.Path);
    }

    [Fact]
    public void Apply_KindWithoutMergeKeys_IsRefused()
    {
        Assert.False(StrategicMergePatch.Supports("HTTPRoute"));
        Json.Throws(isMalformed: true, "no strategic merge patches for the kind HTTPRoute", () => StrategicMergePatch.Apply(null, Json.Parse("{}")!, "HTTPRoute"));
    }

    private static void Gives(string what, string kind, string target, string patch, string expected)
    {
        Assert.NotEmpty(what);
        var given = Json.Parse(target);
        var change = Json.Parse(patch)!;

        Json.Equal(expected, StrategicMergePatch.Apply(given, change, kind));

        Json.Equal(target, given);
        Json.Equal(patch, change);
    }
}
