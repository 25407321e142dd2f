using Sluice.Configuration;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Calls;

/// <summary>Composes the head of a request that the proxy makes itself, as the cluster speaks. In the worker's scratch space.</summary>
internal ref struct HttpCallHead
{
    private readonly bool _isHttp2;
    private HeadWriter _text;
    private HpackWriter _block;

    /// <param name="worker">Its scratch space is used until the head has been sent.</param>
    /// <param name="cluster">Where it goes.</param>
    /// <param name="method">GET and the like.</param>
    /// <param name="authority">Host.</param>
    /// <param name="prefix">Stands before the path.</param>
    /// <param name="path">Begins with "/".</param>
    /// <param name="query">With its "?", or empty.</param>
    public HttpCallHead(Worker worker, WorkerCluster cluster, ReadOnlySpan<byte> method, ReadOnlySpan<byte> authority, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        _isHttp2 = cluster.Protocol == UpstreamProtocol.Http2;
        _text = new HeadWriter(worker.Scratch);
        _block = new HpackWriter(worker.Scratch);
        if (_isHttp2)
        {
            _block.WriteField(HpackIndex.Method, method);
            _block.WriteIndexed(cluster.Cluster.Tls is not null ? HpackIndex.SchemeHttps : HpackIndex.Scheme);
            _block.WriteField(HpackIndex.Authority, authority);
            _block.WriteField(HpackIndex.Path, (byte[])[.. prefix, .. path, .. query]);
            return;
        }
        _text.Write(method);
        _text.Write((byte)' ');
        _text.Write(prefix);
        _text.Write(path);
        _text.Write(query);
        _text.Write(" HTTP/1.1\r\n"u8);
        _text.WriteField("Host"u8, authority);
    }

    public void Add(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (_isHttp2)
            _block.WriteField(name, value);
        else
            _text.WriteField(name, value);
    }

    /// <summary>Ends the head of a request without a body.</summary>
    public ReadOnlySpan<byte> End()
    {
        Add("content-length"u8, "0"u8);
        if (_isHttp2)
            return _block.Written;
        _text.WriteLineEnd();
        return _text.Written;
    }
}
