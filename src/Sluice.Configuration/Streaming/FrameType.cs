namespace Sluice.Configuration.Streaming;

/// <summary>What a frame of the configuration stream holds. Frames of one update come in the order of their numbers.</summary>
public enum FrameType : byte
{
    /// <summary>The proxy's first word: <see cref="Hello"/>.</summary>
    Hello = 1,

    /// <summary>The proxy's word on an update: <see cref="Answer"/>.</summary>
    Answer = 2,

    /// <summary>Shows that the sender is there. From both sides, without payload.</summary>
    Ping = 3,

    /// <summary>An update begins: its version, and what it builds on.</summary>
    Begin = 16,

    /// <summary>The Gateway's name and addresses.</summary>
    Head = 17,

    /// <summary>Edits of the list of certificates.</summary>
    Certificates = 18,

    /// <summary>Edits of the list of rules.</summary>
    Rules = 19,

    /// <summary>Edits of the list of clusters.</summary>
    Clusters = 20,

    /// <summary>Edits of the list of listeners and of their virtual hosts.</summary>
    Listeners = 21,

    /// <summary>Edits of the list of entries of one virtual host.</summary>
    Routes = 22,

    /// <summary>The update is complete.</summary>
    Commit = 23,
}
