using System.Text.Json;
using Sluice.Configuration.Streaming;
using Sluice.Controller.ProxyMode;

namespace Sluice.ProxyLoad;

/// <summary>A proxy that takes every update and looks at nothing of it but its version, so that one process can be a thousand of them.</summary>
/// <param name="name">As it calls itself.</param>
/// <param name="onVersion">Told every version when all of its update has come.</param>
internal sealed class VersionReceiver(string name, Action<long> onVersion) : IStreamReceiver
{
    public Hello Greet() => new(Hello.Current, name, null);

    public void Receive(Frame frame, ControllerSession session)
    {
        if (frame.Type != FrameType.Commit)
            return;
        using var document = JsonDocument.Parse(frame.Payload);
        var version = document.RootElement.GetProperty("version").GetInt64();
        onVersion(version);
        _ = session.SendAsync(StreamMessages.Write(new Answer(version, true, [], [])), CancellationToken.None);
    }
}
