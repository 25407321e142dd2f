using Sluice.Proxy.Engine;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// A client's connection to a port for TLS, from its first byte to the end of the handshake. Its ClientHello is read before any
/// state of TLS exists, and its server name chooses the listener: one that ends TLS gets the handshake, one that passes it through
/// the bytes as they are. Where nothing is to be found behind the name, the connection is closed without a word of TLS.
///
/// Afterwards the connection goes on as another object: HTTP, or a relay.
/// </summary>
internal sealed class TlsHandshakeConnection(Worker worker, WorkerServices services) : StreamConnection(worker), IClientConnection
{
    private readonly WorkerServices _services = services;
    private PortBinding _binding = null!;
    private ClientAddress _client;
    private ClientHelloReader _hello;
    private ByteQueue _input;
    private RuntimeListener? _listener;
    private WorkerCluster? _relayTo;
    private State _state;

    private enum State : byte
    {
        /// <summary>Waiting for the ClientHello, or in the middle of it.</summary>
        Hello,

        Handshake,

        /// <summary>It has failed; the client is to hear why, so what it still sends is thrown away.</summary>
        Lingering,
    }

    public PortBinding Binding => _binding;

    public bool IsLocal => _binding.Handler is not null;

    public bool IsIdle => _state == State.Hello && _input.Length == 0;

    public void Accept(int descriptor, PortBinding binding, ReadOnlySpan<byte> address)
    {
        Begin(binding, new ClientAddress(address));
        OpenAccepted(descriptor);
        BeginClock();
    }

    /// <summary>Goes on with a connection that began as another object, which has read what stood before the ClientHello.</summary>
    public void Continue(StreamConnection other, PortBinding binding, in ClientAddress client)
    {
        Begin(binding, client);
        TakeOver(other);
        BeginClock();
        if (Readable)
            OnReadable();
    }

    private void BeginClock()
    {
        var settings = _binding.Table?.Connection;
        LimitUnsent(settings?.BufferBytes ?? 0);
        Worker.Timers.Schedule(this, Worker.Now + (settings is { TlsHandshakeTimeout: > 0 } own ? own.TlsHandshakeTimeout : _services.TlsHandshakeTimeout));
    }

    private void Begin(PortBinding binding, in ClientAddress client)
    {
        _binding = binding;
        _client = client;
        _hello = default;
        _listener = null;
        _relayTo = null;
        _state = State.Hello;
    }

    protected override void OnReadable()
    {
        while (IsOpen && Readable && _state == State.Hello)
            ReadHello();
        if (!IsOpen)
            return;
        if (_state == State.Handshake)
            Shake();
        else if (_state == State.Lingering && !DiscardInput())
            Recycle();
    }

    private void ReadHello()
    {
        var isKept = _input.Length > 0;
        var count = Receive(isKept ? _input.Reserve(Worker.Buffers, 4096) : Worker.ReceiveBuffer);
        if (count <= 0)
        {
            if (count != -1)
                Fail(TlsFailure.Closed);
            return;
        }

        if (isKept)
            _input.Commit(count);
        OnHelloBytes(isKept ? _input.Bytes : Worker.ReceiveBuffer[..count], isKept);
    }

    private void OnHelloBytes(ReadOnlySpan<byte> bytes, bool isKept)
    {
        switch (_hello.Read(bytes, _services.Limits.ClientHelloBytes))
        {
            case ClientHelloStatus.NeedMore:
                if (!isKept)
                    _input.Append(Worker.Buffers, bytes);
                break;
            case ClientHelloStatus.Complete:
                Span<byte> name = stackalloc byte[ClientHello.MaxName];
                if (ClientHello.TryParse(_hello.Message(bytes, Worker.Scratch), name, out var hello))
                    Choose(hello, bytes);
                else
                    Fail(TlsFailure.ClientHello);
                break;
            case ClientHelloStatus.NotTls:
                Fail(TlsFailure.NotTls);
                break;
            case ClientHelloStatus.TooLarge:
                Fail(TlsFailure.ClientHelloTooLarge);
                break;
            default:
                Fail(TlsFailure.ClientHello);
                break;
        }
    }

    /// <summary>The listener is the one whose hostname is the most specific that matches; it decides what becomes of the connection.</summary>
    private void Choose(in ClientHello hello, ReadOnlySpan<byte> bytes)
    {
        if (_binding.Table is not { } table || table.Listeners.FindByServerName(hello.ServerName) is not { } listener)
        {
            Fail(TlsFailure.NoMatch);
            return;
        }

        _listener = listener;
        if (listener.TlsHosts is { } hosts)
        {
            var route = hosts.Find(hello.ServerName);
            _relayTo = route is null ? null : _services.Relays.Choose(route, table);
            if (_relayTo is null)
            {
                if (route is not null)
                    _services.Relays.Refuse(listener, Descriptor);
                Fail(route is null ? TlsFailure.NoMatch : TlsFailure.NoBackend);
                return;
            }

            if (listener.IsPassthrough)
            {
                _services.Relays.Begin(this, _binding, listener, _relayTo, _client, bytes, hello.ServerName);
                _input.Clear(Worker.Buffers);
                _services.OnContinued(this);
                return;
            }
        }

        Terminate(hello, bytes, table, listener);
    }

    private void Terminate(in ClientHello hello, ReadOnlySpan<byte> bytes, PortTable table, RuntimeListener listener)
    {
        var tls = listener.Tls;
        var certificate = tls?.Choose(hello);
        if (certificate is null || Open(certificate) is not { } session)
        {
            Fail(TlsFailure.NoCertificate);
            return;
        }

        session.BeginServer(tls!, certificate, hello.ServerName, table, listener);
        if (_input.Length > 0)
        {
            session.Input = _input;
            _input = default;
        }
        else
        {
            session.Input.Append(Worker.Buffers, bytes);
        }

        BeginTls(session);
        _state = State.Handshake;
        Shake();
    }

    private TlsSession? Open(ServerCertificate certificate)
    {
        try
        {
            return certificate.TryOpen(Worker.Tls, Worker.Now);
        }
        catch (TlsMaterialException)
        {
            // It was tried when it was configured: memory is short.
            return null;
        }
    }

    private void Shake()
    {
        switch (ContinueHandshake())
        {
            case TlsStep.Waiting:
                return;
            case TlsStep.Done:
                Finish(Tls!);
                return;
            case TlsStep.Ended:
                Fail(TlsFailure.Closed);
                return;
            default:
                Refuse();
                return;
        }
    }

    private void Finish(TlsSession tls)
    {
        _services.Metrics.CountHandshake(tls);
        tls.NoteClientCertificate();
        if (_relayTo is { } cluster)
            _services.Relays.Begin(this, _binding, _listener!, cluster, _client, default);
        else
            _services.RentDownstream().Continue(this, _binding, _client);
        _services.OnContinued(this);
    }

    /// <summary>The alert is on its way; closing with unread input would make the kernel reset the connection, and the client lose it.</summary>
    private void Refuse()
    {
        _services.Metrics.CountHandshakeFailure(Tls!.Failure);
        if (!IsOpen || IsBroken)
            return;
        _state = State.Lingering;
        ShutdownWrite();
        Worker.Timers.Schedule(this, Worker.Now + _services.LingerTimeout);
        if (!DiscardInput())
            Recycle();
    }

    /// <summary>Closes without a word of TLS.</summary>
    private void Fail(TlsFailure failure)
    {
        _services.Metrics.CountHandshakeFailure(failure);
        Recycle();
    }

    internal override void OnTimer()
    {
        if (_state == State.Lingering)
            Recycle();
        else
            Fail(TlsFailure.Timeout);
    }

    protected override void OnDrained()
    {
    }

    protected override void OnSendFailed()
    {
        if (_state == State.Lingering)
            Recycle();
        else
            Fail(TlsFailure.Closed);
    }

    internal override void Abandon()
    {
        if (IsOpen)
            Recycle();
    }

    public void BeginDrain()
    {
    }

    public void CloseIdle() => Recycle();

    public void Cut() => Abandon();

    private void Recycle()
    {
        if (!IsOpen)
            return;
        CloseDescriptor();
        _input.Clear(Worker.Buffers);
        _services.OnClosed(this);
    }
}
