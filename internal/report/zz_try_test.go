package report
import ("testing";"os";"context";"strconv";"time")
func TestZZ(t *testing.T){
 w,_:=strconv.Atoi(os.Getenv("W"))
 var docs []Document
 for _,n:=range Names(){ r,err:=Run(context.Background(),n,Options{Seed:42}); if err!=nil{t.Fatal(err)}; docs=append(docs,r.Document())}
 s:=time.Now()
 switch os.Getenv("M") {
 case "md": WriteMarkdown(os.Stdout,docs)
 case "runs":
   for _,n:=range Names(){ st,err:=Repeat(context.Background(),n,Options{Seed:42},20,0,nil); if err!=nil{t.Fatal(err)}; WriteText(os.Stdout,[]Document{StatsDocument(n,Options{Seed:42},20,st)},TextOptions{Width:w})}
 default: WriteText(os.Stdout,docs,TextOptions{Width:w,ASCII:os.Getenv("A")!="",Color:os.Getenv("C")!=""})
 }
 println(time.Since(s).String())
}
