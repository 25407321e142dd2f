using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Statuses;

/// <summary>An API server for statuses: versions, conflicts, and faults as told.</summary>
internal sealed class FakeStatusApi : IStatusApi
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, NamespacedName Key), JsonObject> _objects = [];
    private int _version = 100;

    public List<string> Calls { get; } = [];

    /// <summary>Called before each request; may throw, or change objects.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called after each successful write.</summary>
    public Action? Written { get; set; }

    public void Put(string kind, NamespacedName key, string? status = null)
    {
        lock (_lock)
        {
            _objects[(kind, key)] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace, ["resourceVersion"] = $"{++_version}", ["uid"] = "u" },
                ["status"] = status is null ? null : JsonNode.Parse(status),
            };
        }
    }

    public JsonNode? Status(string kind, NamespacedName key)
    {
        lock (_lock)
            return _objects[(kind, key)]["status"];
    }

    public Task<ReadOnlyMemory<byte>?> FindAsync(string kind, NamespacedName key, CancellationToken cancellation)
    {
        Call($"get {kind} {key}");
        lock (_lock)
            return Task.FromResult<ReadOnlyMemory<byte>?>(_objects.TryGetValue((kind, key), out var found) ? Bytes(found) : null);
    }

    public Task<ReadOnlyMemory<byte>> PatchAsync(string kind, NamespacedName key, ReadOnlyMemory<byte> patch, CancellationToken cancellation)
    {
        Call($"patch {kind} {key}");
        lock (_lock)
        {
            if (!_objects.TryGetValue((kind, key), out var found))
                throw new ApiException(404, "NotFound", "no such object");
            var fields = JsonNode.Parse(patch.Span)!;
            if ((string?)fields["metadata"]!["resourceVersion"] != (string?)found["metadata"]!["resourceVersion"])
                throw new ApiException(409, "Conflict", "the object has been modified");
            found["metadata"]!["resourceVersion"] = $"{++_version}";
            var status = found["status"] as JsonObject ?? [];
            foreach (var (name, value) in fields["status"]!.AsObject())
                status[name] = value?.DeepClone();
            found["status"] = status.DeepClone();
            Written?.Invoke();
            return Task.FromResult<ReadOnlyMemory<byte>>(Bytes(found));
        }
    }

    private void Call(string call)
    {
        lock (_lock)
            Calls.Add(call);
        Before?.Invoke(call);
    }

    private static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());
}
