using Sluice.Configuration.Streaming;

namespace Sluice.Controller.ProxyMode;

/// <summary>What is done with the frames of a configuration stream.</summary>
internal interface IStreamReceiver
{
    /// <summary>The first word on a new stream.</summary>
    Hello Greet();

    /// <summary>A frame of an update; valid during the call. One at a time.</summary>
    /// <exception cref="StreamFormatException">It cannot be what the controller meant: the stream is ended.</exception>
    void Receive(Frame frame, ControllerSession session);
}
