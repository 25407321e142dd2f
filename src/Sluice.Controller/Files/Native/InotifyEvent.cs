namespace Sluice.Controller.Files.Native;

/// <summary>One event. Name is "" for events of the watched folder itself. Cookie is the same for both ends of a move, else 0.</summary>
internal readonly record struct InotifyEvent(int Watch, InotifyEvents Events, uint Cookie, string Name)
{
    public bool Has(InotifyEvents events) => (Events & events) != 0;
}
