namespace Sluice.ApiServer.Json;

/// <summary>
/// The fields of Kubernetes' protobuf messages, as far as kubectl's own create commands and deletions fill them: number, name, type.
/// A type is a message's name or one of string, int, bool (left out when empty), int?, bool? (kept), bytes, map, bytesmap, time,
/// intorstring; a list has "[]" before it; "-" is read over.
/// </summary>
internal static class ProtobufTables
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["Namespace"] = "1:metadata:ObjectMeta 2:spec:NamespaceSpec 3:status:-",
        ["ConfigMap"] = "1:metadata:ObjectMeta 2:data:map 3:binaryData:bytesmap 4:immutable:bool?",
        ["Secret"] = "1:metadata:ObjectMeta 2:data:bytesmap 3:type:string 4:stringData:map 5:immutable:bool?",
        ["ServiceAccount"] = "1:metadata:ObjectMeta 2:secrets:[]ObjectReference 3:imagePullSecrets:[]LocalObjectReference 4:automountServiceAccountToken:bool?",
        ["Service"] = "1:metadata:ObjectMeta 2:spec:ServiceSpec 3:status:-",
        ["Deployment"] = "1:metadata:ObjectMeta 2:spec:DeploymentSpec 3:status:-",
        ["PodDisruptionBudget"] = "1:metadata:ObjectMeta 2:spec:PodDisruptionBudgetSpec 3:status:-",
        ["Pod"] = "1:metadata:ObjectMeta 2:spec:PodSpec 3:status:-",
        ["DeleteOptions"] = "1:gracePeriodSeconds:int? 2:preconditions:Preconditions 3:orphanDependents:bool? 4:propagationPolicy:string 5:dryRun:[]string",
        ["Preconditions"] = "1:uid:string 2:resourceVersion:string",
        ["ObjectMeta"] = "1:name:string 2:generateName:string 3:namespace:string 4:selfLink:- 5:uid:string 6:resourceVersion:string 7:generation:int 8:creationTimestamp:time 9:deletionTimestamp:time 10:deletionGracePeriodSeconds:int? 11:labels:map 12:annotations:map 13:ownerReferences:[]OwnerReference 14:finalizers:[]string 17:managedFields:-",
        ["OwnerReference"] = "1:kind:string 3:name:string 4:uid:string 5:apiVersion:string 6:controller:bool? 7:blockOwnerDeletion:bool?",
        ["ObjectReference"] = "1:kind:string 2:namespace:string 3:name:string 4:uid:string 5:apiVersion:string 6:resourceVersion:string 7:fieldPath:string",
        ["LocalObjectReference"] = "1:name:string",
        ["NamespaceSpec"] = "1:finalizers:[]string",
        ["ServiceSpec"] = "1:ports:[]ServicePort 2:selector:map 3:clusterIP:string 4:type:string 5:externalIPs:[]string 7:sessionAffinity:string 8:loadBalancerIP:string 9:loadBalancerSourceRanges:[]string 10:externalName:string 11:externalTrafficPolicy:string 12:healthCheckNodePort:int 13:publishNotReadyAddresses:bool 14:sessionAffinityConfig:SessionAffinityConfig 17:ipFamilyPolicy:string 18:clusterIPs:[]string 19:ipFamilies:[]string 20:allocateLoadBalancerNodePorts:bool? 21:loadBalancerClass:string 22:internalTrafficPolicy:string 23:trafficDistribution:string",
        ["SessionAffinityConfig"] = "1:clientIP:ClientIPConfig",
        ["ClientIPConfig"] = "1:timeoutSeconds:int?",
        ["ServicePort"] = "1:name:string 2:protocol:string 3:port:int 4:targetPort:intorstring 5:nodePort:int 6:appProtocol:string",
        ["LabelSelector"] = "1:matchLabels:map 2:matchExpressions:[]LabelSelectorRequirement",
        ["LabelSelectorRequirement"] = "1:key:string 2:operator:string 3:values:[]string",
        ["DeploymentSpec"] = "1:replicas:int? 2:selector:LabelSelector 3:template:PodTemplateSpec 4:strategy:DeploymentStrategy 5:minReadySeconds:int 6:revisionHistoryLimit:int? 7:paused:bool 9:progressDeadlineSeconds:int?",
        ["DeploymentStrategy"] = "1:type:string 2:rollingUpdate:RollingUpdate",
        ["RollingUpdate"] = "1:maxUnavailable:intorstring 2:maxSurge:intorstring",
        ["PodTemplateSpec"] = "1:metadata:ObjectMeta 2:spec:PodSpec",
        ["PodSpec"] = "2:containers:[]Container 3:restartPolicy:string 4:terminationGracePeriodSeconds:int? 6:dnsPolicy:string 7:nodeSelector:map 8:serviceAccountName:string 9:serviceAccount:string 10:nodeName:string 11:hostNetwork:bool 12:hostPID:bool 13:hostIPC:bool 16:hostname:string 17:subdomain:string 19:schedulerName:string 24:priorityClassName:string",
        ["Container"] = "1:name:string 2:image:string 3:command:[]string 4:args:[]string 5:workingDir:string 6:ports:[]ContainerPort 7:env:[]EnvVar 8:resources:Resources 13:terminationMessagePath:string 14:imagePullPolicy:string 16:stdin:bool 17:stdinOnce:bool 18:tty:bool 20:terminationMessagePolicy:string",
        ["ContainerPort"] = "1:name:string 2:hostPort:int 3:containerPort:int 4:protocol:string 5:hostIP:string",
        ["EnvVar"] = "1:name:string 2:value:string",
        ["Resources"] = "",
        ["PodDisruptionBudgetSpec"] = "1:minAvailable:intorstring 2:selector:LabelSelector 3:maxUnavailable:intorstring 4:unhealthyPodEvictionPolicy:string",
    };

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Dictionary<int, (string Name, string Type)>> Tables = new(StringComparer.Ordinal);

    /// <summary>Null when the message is not known.</summary>
    public static Dictionary<int, (string Name, string Type)>? Of(string message) =>
        Texts.ContainsKey(message) ? Tables.GetOrAdd(message, static message => Parse(Texts[message])) : null;

    private static Dictionary<int, (string Name, string Type)> Parse(string text)
    {
        var fields = new Dictionary<int, (string, string)>();
        foreach (var field in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split(':');
            fields.Add(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), (parts[1], parts[2]));
        }

        return fields;
    }
}
