using System.Collections.Immutable;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;
using Sluice.Translation.References;

namespace Sluice.Translation.Routes;

/// <summary>Updates the routes of one kind of streams that one translation concerns.</summary>
internal sealed class StreamUpdater(StreamCompiler compiler, RouteAttacher attacher, NamespaceLabels namespaces, RouteDependencies dependencies)
{
    /// <summary>Number of routes compiled.</summary>
    public long Compiled { get; private set; }

    /// <param name="memos">What is known of the routes.</param>
    /// <param name="routes">As they are now.</param>
    /// <param name="changed">Those that are not as they were.</param>
    public ImmutableDictionary<NamespacedName, StreamMemo> Update<T>(
        ImmutableDictionary<NamespacedName, StreamMemo> memos,
        ImmutableDictionary<NamespacedName, T> routes,
        IReadOnlySet<NamespacedName> changed)
        where T : Layer4Route
    {
        if (changed.Count == 0 && (routes.IsEmpty || !dependencies.Any))
            return memos;
        var updated = memos.ToBuilder();
        foreach (var key in changed)
            Update(updated, key, routes.GetValueOrDefault(key), compile: true);
        if (dependencies.Any)
        {
            foreach (var (key, route) in routes)
            {
                var compile = dependencies.ReferencesChanged(route);
                if ((compile || dependencies.ParentsChanged(route)) && !changed.Contains(key))
                    Update(updated, key, route, compile);
            }
        }
        return updated.ToImmutable();
    }

    private void Update(ImmutableDictionary<NamespacedName, StreamMemo>.Builder memos, NamespacedName key, Layer4Route? route, bool compile)
    {
        memos.TryGetValue(key, out var old);
        if (route is null || !attacher.Concerns(route))
        {
            if (old is not null)
            {
                Detach(old);
                memos.Remove(key);
            }
            return;
        }

        var compiled = old?.Compiled;
        if (compile || compiled is null)
        {
            Compiled++;
            compiled = compiler.Compile(route, compiled);
        }
        var (places, status) = attacher.Attach(route, compiled.Verdict, namespaces, old?.Status);
        var memo = new StreamMemo(route, compiled, places.Attachments, Streams(places.Attachments, compiled), status);
        if (old is not null)
            Detach(old);
        Attach(memo);
        memos[key] = memo;
    }

    private static ListenerStream[] Streams(Attachment[] attachments, CompiledStream compiled)
    {
        var streams = new List<ListenerStream>(1);
        foreach (var attachment in attachments)
        {
            var listener = (StreamTable)attachment.Listener;
            if (!streams.Exists(stream => stream.Listener == listener))
                streams.Add(new ListenerStream(listener, listener.IsPlain ? compiled.Plain : compiled.Secured, listener.IsPlain));
        }
        return streams.ToArray();
    }

    private static void Attach(StreamMemo memo)
    {
        foreach (var attachment in memo.Attachments)
            ((StreamTable)attachment.Listener).Add(attachment.Hostname, memo);
        foreach (var stream in memo.Streams)
        {
            var gateway = stream.Listener.Gateway;
            gateway.IsStale = true;
            stream.Listener.AttachedRoutes++;
            VisitClusters(stream.Stream, gateway.Clusters.Use);
            foreach (var service in memo.PolicedOn(stream))
                gateway.PolicedServices.Use(service);
        }
    }

    private static void Detach(StreamMemo memo)
    {
        foreach (var attachment in memo.Attachments)
            ((StreamTable)attachment.Listener).Remove(attachment.Hostname, memo);
        foreach (var stream in memo.Streams)
        {
            var gateway = stream.Listener.Gateway;
            gateway.IsStale = true;
            stream.Listener.AttachedRoutes--;
            VisitClusters(stream.Stream, gateway.Clusters.Drop);
            foreach (var service in memo.PolicedOn(stream))
                gateway.PolicedServices.Drop(service);
        }
    }

    private static void VisitClusters(StreamRoute stream, Action<string> visit)
    {
        foreach (var backend in stream.Backends)
        {
            if (backend.Cluster is not null)
                visit(backend.Cluster);
        }
    }
}
