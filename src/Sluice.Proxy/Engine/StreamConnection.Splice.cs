namespace Sluice.Proxy.Engine;

/// <content>Bytes that go from socket to socket through a pipe of the kernel. Never with TLS on either side.</content>
internal abstract partial class StreamConnection
{
    /// <summary>Sends what a pipe holds; false when the socket does not take all of it, and then <see cref="OnDrained"/> comes.</summary>
    public bool TryEmptyPipe(SplicePipe pipe, bool more)
    {
        while (pipe.Count > 0)
        {
            var sent = pipe.Empty(Descriptor, more);
            if (sent > 0)
            {
                BytesSent += sent;
                continue;
            }

            if (sent == -2)
                Break();
            else
                _full = true;
            OnBlocked();
            return false;
        }

        return true;
    }

    /// <summary>As <see cref="Receive"/>, into a pipe.</summary>
    protected int FillPipe(SplicePipe pipe, long most)
    {
        var count = pipe.Fill(Descriptor, most);
        if (count > 0)
        {
            BytesReceived += count;
            return count;
        }

        Readable = false;
        if (count == 0)
            PeerClosed = true;
        return count;
    }
}
