namespace Sluice.Proxy.Bodies;

/// <summary>
/// Changes messages whole: the head, and with it the body when that is needed. Immutable, or safe for several threads: the workers share
/// it.
/// </summary>
internal interface IBodyEdit
{
    /// <summary>Whether the body is needed, which is then waited for.</summary>
    bool NeedsBody { get; }

    /// <summary>Changes a message. Where <see cref="BodyMessage.HasBody"/> is false the head alone may be changed.</summary>
    BodyVerdict Apply(BodyMessage message);
}
