/// The script of the status page: it fetches the page anew and takes over what has changed.
enum StatusPageScript {
    /// What is open, focused or selected stays so; a hidden page asks nobody.
    static let text = """
        "use strict";
        const main=document.querySelector("main"),live=document.querySelector("#live");
        let last="";
        function take(text){
        const fresh=new DOMParser().parseFromString(text,"text/html").querySelector("main");
        const focused=document.activeElement?.closest("details")?.id;
        for(const open of main.querySelectorAll("details[open]"))
        fresh.querySelector("#"+open.id)?.setAttribute("open","");
        main.replaceChildren(...fresh.childNodes);
        if(focused)document.getElementById(focused)?.firstElementChild.focus({preventScroll:true});
        }
        async function refresh(){
        try{
        const answer=await fetch(location.pathname,{cache:"no-store",credentials:"omit"});
        if(!answer.ok)throw new Error(answer.status);
        const text=await answer.text();
        if(text!==last&&getSelection().isCollapsed){take(text);last=text}
        live.className="on";live.textContent="live";
        }catch{live.className="off";live.textContent="the emulator does not answer"}
        }
        async function watch(){
        if(!document.hidden)await refresh();
        setTimeout(watch,1000);
        }
        watch();
        """
}
