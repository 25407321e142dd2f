using System.Runtime.InteropServices;
using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Http2.Upstream;

/// <summary>
/// What the HTTP/2 connections of one worker to backends share. Their input has a buffer of its own: while the frames in it are
/// looked at, a client whose response has ended may read its next request into the worker's.
/// </summary>
internal sealed unsafe class UpstreamHttp2Shared(ProxyLimits limits)
{
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(Worker.ReceiveBufferSize, pinned: true);

    public ResponseHeadReader Reader { get; } = new(limits);

    public byte* Input => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_input, 0);
}
